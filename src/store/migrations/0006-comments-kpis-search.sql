-- Comments and KPIs.

create table comments (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  -- Where it stands: an Objective, or a Key Result, or (with its Key Result) a check-in.
  objective_id uuid,
  key_result_id uuid,
  check_in_id uuid,
  -- Null once it is deleted: the place in the thread stays.
  text text,
  mention_ids uuid[] not null default '{}',
  in_reply_to_id uuid,
  author_id uuid not null,
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  deleted_by_id uuid,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, objective_id) references objectives (organization_id, id),
  foreign key (organization_id, key_result_id) references key_results (organization_id, id),
  foreign key (organization_id, check_in_id) references check_ins (organization_id, id),
  foreign key (organization_id, in_reply_to_id) references comments (organization_id, id),
  check (num_nonnulls(objective_id, key_result_id) = 1),
  check (check_in_id is null or key_result_id is not null),
  check ((text is null) = (deleted_at is not null))
);
create index comments_objective on comments (organization_id, objective_id, id) where objective_id is not null;
create index comments_key_result on comments (organization_id, key_result_id, id) where key_result_id is not null;
create index comments_check_in on comments (organization_id, check_in_id, id) where check_in_id is not null;
create index comments_reply on comments (organization_id, in_reply_to_id) where in_reply_to_id is not null;

create table kpis (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  description text,
  unit text not null,
  owner_id uuid not null,
  group_id uuid,
  -- The healthy range: at least, at most, or both.
  at_least numeric(24, 6),
  at_most numeric(24, 6),
  direction text check (direction in ('increase', 'decrease')),
  author_id uuid not null,
  created_at timestamptz not null,
  archived_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, owner_id) references people (organization_id, id),
  foreign key (organization_id, group_id) references groups (organization_id, id),
  check (at_least <= at_most)
);
create index kpis_owner on kpis (organization_id, owner_id);
create index kpis_group on kpis (organization_id, group_id) where group_id is not null;

-- Append-only, as check-ins are: a mistake is corrected by a value that names it.
create table kpi_values (
  organization_id uuid not null,
  id uuid not null,
  kpi_id uuid not null,
  owner_id uuid not null,
  reported_by_id uuid not null,
  value numeric(24, 6),
  note text,
  measured_on date not null,
  recorded_at timestamptz not null,
  counted_at timestamptz not null,
  corrects_id uuid,
  takes_back boolean not null default false,
  primary key (organization_id, id),
  foreign key (organization_id, kpi_id) references kpis (organization_id, id),
  foreign key (organization_id, corrects_id) references kpi_values (organization_id, id),
  check ((value is null) = takes_back)
);
create index kpi_values_of on kpi_values (organization_id, kpi_id, measured_on desc, counted_at desc, id desc);
create unique index kpi_values_corrected on kpi_values (organization_id, corrects_id) where corrects_id is not null;

alter table objectives add column kpi_id uuid;
alter table objectives_history add column kpi_id uuid;
alter table objectives add constraint objectives_kpi foreign key (organization_id, kpi_id) references kpis (organization_id, id);
create index objectives_kpi on objectives (organization_id, kpi_id) where kpi_id is not null;

do $$
declare noun text;
begin
  foreach noun in array array['comments', 'kpis'] loop
    execute format('create table %I (valid_from timestamptz not null, valid_to timestamptz not null, like %I)', noun || '_history', noun);
    execute format('create index on %I (organization_id, id, valid_from desc)', noun || '_history');
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history(%L)', noun, noun || '_history');
  end loop;
end $$;

do $$
declare tenant text;
begin
  foreach tenant in array array['comments', 'comments_history', 'kpis', 'kpis_history', 'kpi_values'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      tenant);
  end loop;
end $$;
