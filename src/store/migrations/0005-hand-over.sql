-- Leaving, handing over, standing in.

-- Each column stands in the table and in its history alike.
do $$
declare target text;
begin
  foreach target in array array['people', 'people_history'] loop
    -- Their last day is over, and what they held has passed to others.
    execute format('alter table %I add has_left boolean not null default false', target);
  end loop;
  foreach target in array array['groups', 'groups_history', 'objectives', 'objectives_history'] loop
    -- Whoever leads it took it over from somebody who left, until it is handed over.
    execute format('alter table %I add lead_interim boolean not null default false', target);
  end loop;
  foreach target in array array['key_results', 'key_results_history'] loop
    execute format('alter table %I
      add interim boolean not null default false,
      -- Who may report for the owner: a person, a service, or one of each; to the end of a day, or until further notice.
      add delegate_id uuid,
      add delegate_service_id uuid,
      add delegate_until date', target);
  end loop;
end $$;

alter table key_results
  add foreign key (organization_id, delegate_id) references people (organization_id, id),
  add foreign key (organization_id, delegate_service_id) references services (organization_id, id),
  add constraint delegate check (delegate_id <> owner_id is not false and (delegate_until is null or num_nonnulls(delegate_id, delegate_service_id) > 0));
create index key_results_delegate on key_results (organization_id, delegate_id) where delegate_id is not null;
create index key_results_interim on key_results (organization_id, owner_id) where interim;
create index objectives_interim on objectives (organization_id, lead_id) where lead_interim;
create index alignments_accountable on alignments (organization_id, accountable_id) where state in ('accepted', 'offered');
-- Who is still to leave, on which day: asked by every write.
create index people_leaving on people (organization_id, left_on) where left_on is not null and not has_left;

-- Days on which somebody is away, both included, and who stands in for them. One person's share no day.
create table absences (
  organization_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  delegate_id uuid check (delegate_id <> person_id),
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people (organization_id, id),
  foreign key (organization_id, delegate_id) references people (organization_id, id)
);
create index absences_of on absences (organization_id, person_id, ends_on);
create index absences_delegate on absences (organization_id, delegate_id) where delegate_id is not null;

create table absences_history (valid_from timestamptz not null, valid_to timestamptz not null, like absences);
create index on absences_history (organization_id, id, valid_from desc);
create index on absences_history (organization_id, person_id);
create trigger history after insert or update or delete on absences for each row execute function keep_history('absences_history');

do $$
declare tenant text;
begin
  foreach tenant in array array['absences', 'absences_history'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      tenant);
  end loop;
end $$;
