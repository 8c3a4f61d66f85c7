-- An Objective may also support others than the one it is aligned to: it shows, and counts towards nothing.
create table also_supports (
  organization_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  made_by_id uuid,
  made_at timestamptz not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, from_id) references objectives (organization_id, id),
  foreign key (organization_id, to_id) references objectives (organization_id, id),
  check (from_id <> to_id)
);
create unique index also_supports_once on also_supports (organization_id, from_id, to_id);
create index also_supports_to on also_supports (organization_id, to_id);

create table also_supports_history (valid_from timestamptz not null, valid_to timestamptz not null, like also_supports);
create index on also_supports_history (organization_id, id, valid_from desc);
create trigger history after insert or update or delete on also_supports
  for each row execute function keep_history('also_supports_history');

do $$
declare tenant text;
begin
  foreach tenant in array array['also_supports', 'also_supports_history'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      tenant);
  end loop;
end $$;
