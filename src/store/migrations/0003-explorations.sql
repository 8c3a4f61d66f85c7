-- Work, and what comes before a draft. A draft may still be without words; what is published is not.

alter table objectives add constraint titled check (state in ('draft', 'discarded') or title <> '');
alter table key_results add constraint titled check (state in ('draft', 'discarded') or title <> '');

create table initiatives (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  key_result_id uuid not null,
  title text not null check (title <> ''),
  note text,
  lead_id uuid not null,
  author_id uuid,
  due_on date,
  links jsonb not null default '[]',
  state text not null default 'planned' check (state in ('planned', 'started', 'finished', 'dropped')),
  external_ref text,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, key_result_id) references key_results (organization_id, id),
  foreign key (organization_id, lead_id) references people (organization_id, id)
);
create unique index initiatives_ref on initiatives (organization_id, external_ref);
create index initiatives_key_result on initiatives (organization_id, key_result_id, id);
create index initiatives_lead on initiatives (organization_id, lead_id);

-- An exploration hangs on the Objective that is explored; it remembers the attempt it began with and the draft it led to.
create table explorations (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  objective_id uuid not null,
  group_id uuid,
  attempt_id uuid,
  draft_id uuid,
  author_id uuid not null,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, objective_id) references objectives (organization_id, id),
  foreign key (organization_id, group_id) references groups (organization_id, id),
  foreign key (organization_id, attempt_id) references objectives (organization_id, id),
  foreign key (organization_id, draft_id) references objectives (organization_id, id)
);
create index explorations_objective on explorations (organization_id, objective_id, id);
create unique index explorations_draft on explorations (organization_id, draft_id);
create index explorations_attempt on explorations (organization_id, attempt_id);

create table barriers (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  exploration_id uuid not null,
  text text not null,
  author_id uuid not null,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, exploration_id) references explorations (organization_id, id)
);
create index barriers_exploration on barriers (organization_id, exploration_id, id);

alter table key_results add column barrier_id uuid;
alter table key_results_history add column barrier_id uuid;
alter table key_results add foreign key (organization_id, barrier_id) references barriers (organization_id, id);
create index key_results_barrier on key_results (organization_id, barrier_id) where barrier_id is not null;

do $$
declare noun text;
begin
  foreach noun in array array['initiatives', 'explorations', 'barriers'] loop
    execute format('create table %I (valid_from timestamptz not null, valid_to timestamptz not null, like %I)', noun || '_history', noun);
    execute format('create index on %I (organization_id, id, valid_from desc)', noun || '_history');
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history(%L)', noun, noun || '_history');
  end loop;
  foreach noun in array array['initiatives', 'initiatives_history', 'explorations', 'explorations_history', 'barriers', 'barriers_history'] loop
    execute format('alter table %I enable row level security', noun);
    execute format('alter table %I force row level security', noun);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      noun);
  end loop;
end $$;
