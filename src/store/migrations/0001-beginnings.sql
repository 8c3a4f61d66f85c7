-- Every tenant table has organization_id first in every key. Row-level security (at the end) is the second wall.

create schema auth;

create table auth."user" (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);

create table auth.session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" (id) on delete cascade,
  -- Ours: a session that was opened by an organization's link reaches no other organization.
  "organizationId" text
);
create index session_of_user on auth.session ("userId");

create table auth.account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index account_of_user on auth.account ("userId");

create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index verification_identifier on auth.verification (identifier);

-- The directory: what has to be known before it is known which organization a request is about.

create table organizations (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  first_day_of_week smallint not null default 1,
  languages text[] not null default '{en}',
  sample boolean not null default false,
  created_at timestamptz not null,
  version integer not null default 1
);

create table account_people (
  account_id text not null references auth."user" (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  person_id uuid not null,
  primary key (account_id, organization_id),
  unique (organization_id, person_id)
);

create table one_time_links (
  token_hash bytea primary key,
  purpose text not null check (purpose in ('set-up', 'sign-in')),
  organization_id uuid references organizations (id) on delete cascade,
  person_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

-- When somebody last tried to get in, by account and by address; the key is a hash.
create table tries (
  key bytea primary key,
  tried_at timestamptz[] not null
);

-- The tenant's own.

create table people (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  email text,
  role text not null default 'member' check (role in ('administrator', 'member', 'guest')),
  manager_id uuid,
  group_ids uuid[] not null default '{}',
  grade text,
  site text,
  time_zone text,
  locale text,
  joined_on date,
  left_on date,
  external_ref text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, manager_id) references people (organization_id, id) deferrable initially deferred
);
create unique index people_email on people (organization_id, lower(email));
create unique index people_ref on people (organization_id, external_ref);
create index people_manager on people (organization_id, manager_id);
create index people_groups on people using gin (group_ids);

create table groups (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  parent_id uuid,
  lead_id uuid,
  external_ref text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, parent_id) references groups (organization_id, id) deferrable initially deferred,
  foreign key (organization_id, lead_id) references people (organization_id, id) deferrable initially deferred
);
create unique index groups_ref on groups (organization_id, external_ref);
create index groups_parent on groups (organization_id, parent_id);
create index groups_lead on groups (organization_id, lead_id);

create table cycles (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  parent_id uuid,
  external_ref text,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, parent_id) references cycles (organization_id, id) deferrable initially deferred
);
create unique index cycles_ref on cycles (organization_id, external_ref);

create table objectives (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  title text not null,
  why text,
  level text not null check (level in ('company', 'group', 'individual')),
  group_id uuid,
  lead_id uuid not null,
  author_id uuid,
  cycle_id uuid not null,
  ambition text not null default 'committed' check (ambition in ('committed', 'aspirational')),
  visibility text not null default 'everyone' check (visibility in ('everyone', 'named')),
  viewer_ids uuid[] not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded')),
  conforms boolean not null default true,
  published_under_id uuid,
  external_ref text,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, group_id) references groups (organization_id, id),
  foreign key (organization_id, lead_id) references people (organization_id, id),
  foreign key (organization_id, cycle_id) references cycles (organization_id, id)
) with (fillfactor = 85);
create unique index objectives_ref on objectives (organization_id, external_ref);
create index objectives_lead on objectives (organization_id, lead_id);
create index objectives_group on objectives (organization_id, group_id);
create index objectives_cycle on objectives (organization_id, cycle_id, id);

create table key_results (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  objective_id uuid not null,
  title text not null,
  owner_id uuid not null,
  author_id uuid,
  contributor_ids uuid[] not null default '{}',
  starts_on date,
  deadline date,
  weight numeric(24, 6) not null default 1 check (weight >= 0),
  kept numeric(24, 6) not null default 0 check (kept >= 0),
  ambition text not null default 'committed' check (ambition in ('committed', 'aspirational')),
  measure_kind text check (measure_kind in ('increase', 'decrease', 'milestone')),
  start_value numeric(24, 6),
  target_value numeric(24, 6),
  unit text,
  evidence text,
  steps jsonb not null default '[]',
  state text not null default 'draft' check (state in ('draft', 'published', 'postponed', 'closed', 'cancelled', 'discarded')),
  conforms boolean not null default true,
  external_ref text,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, objective_id) references objectives (organization_id, id),
  foreign key (organization_id, owner_id) references people (organization_id, id),
  check (measure_kind is distinct from 'increase' or target_value > start_value is not false),
  check (measure_kind is distinct from 'decrease' or target_value < start_value is not false),
  constraint measurable check (
    state in ('draft', 'discarded') or not conforms
    or (measure_kind is not null and measure_kind = 'milestone' and evidence is not null)
    or (measure_kind is not null and measure_kind in ('increase', 'decrease') and start_value is not null and target_value is not null and unit is not null)
  ),
  constraint time_bound check (state in ('draft', 'discarded') or not conforms or deadline is not null)
) with (fillfactor = 85);
create unique index key_results_ref on key_results (organization_id, external_ref);
create index key_results_objective on key_results (organization_id, objective_id);
create index key_results_owner on key_results (organization_id, owner_id);

-- One accepted and one offered alignment per Objective below: the accepted one is its primary parent.
create table alignments (
  organization_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  statement text,
  accountable_id uuid,
  state text not null check (state in ('offered', 'accepted', 'declined', 'ended')),
  offered_by text not null check (offered_by in ('below', 'above')),
  offered_by_id uuid,
  on_behalf boolean not null default false,
  reason text,
  offered_at timestamptz not null,
  decided_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, from_id) references objectives (organization_id, id),
  foreign key (organization_id, to_id) references objectives (organization_id, id),
  foreign key (organization_id, accountable_id) references people (organization_id, id),
  check (from_id <> to_id)
);
create unique index alignments_accepted on alignments (organization_id, from_id) where state = 'accepted';
create unique index alignments_offered on alignments (organization_id, from_id) where state = 'offered';
create index alignments_to on alignments (organization_id, to_id) where state in ('accepted', 'offered');

create table contributions (
  organization_id uuid not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  roll_up text not null check (roll_up in ('sum', 'average', 'shown')),
  -- Both Key Results belong to the same Objective: the lower one counts through the other.
  within_objective boolean not null,
  share numeric(24, 6) check (share > 0),
  weight numeric(24, 6) not null default 1 check (weight >= 0),
  state text not null check (state in ('offered', 'accepted', 'declined', 'ended')),
  offered_by text not null check (offered_by in ('below', 'above')),
  offered_by_id uuid,
  on_behalf boolean not null default false,
  reason text,
  offered_at timestamptz not null,
  decided_at timestamptz,
  ended_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, from_id) references key_results (organization_id, id),
  foreign key (organization_id, to_id) references key_results (organization_id, id),
  check (from_id <> to_id)
);
create unique index contributions_accepted on contributions (organization_id, from_id) where state = 'accepted';
create unique index contributions_offered on contributions (organization_id, from_id) where state = 'offered';
create index contributions_to on contributions (organization_id, to_id) where state in ('accepted', 'offered');
create index contributions_within on contributions (organization_id, from_id) where within_objective;

-- Append-only. No foreign keys on what a check-in writes: each would lock the Key Result's row (docs/decisions).
create table check_ins (
  organization_id uuid not null,
  id uuid not null,
  key_result_id uuid not null,
  owner_id uuid not null,
  reported_by_id uuid not null,
  value numeric(24, 6),
  steps_done text[],
  done boolean,
  evidence text,
  confidence smallint check (confidence between 0 and 10),
  note text,
  blockers text,
  measured_on date not null,
  recorded_at timestamptz not null,
  counted_at timestamptz not null,
  corrects_id uuid,
  takes_back boolean not null default false,
  salt bytea not null,
  primary key (organization_id, id)
);
create index check_ins_of on check_ins (organization_id, key_result_id, measured_on desc, counted_at desc, id desc);
create unique index check_ins_corrected on check_ins (organization_id, corrects_id) where corrects_id is not null;

-- What follows from the rest: written by the drainer alone, so that every snapshot holds one consistent world.
create table key_result_values (
  organization_id uuid not null,
  key_result_id uuid not null,
  own numeric,
  current numeric,
  numerator numeric,
  denominator numeric,
  progress numeric,
  confidence smallint,
  check_in_id uuid,
  measured_on date,
  primary key (organization_id, key_result_id)
) with (fillfactor = 70);

create table objective_values (
  organization_id uuid not null,
  objective_id uuid not null,
  progress numeric,
  primary key (organization_id, objective_id)
) with (fillfactor = 70);

-- A change: one act of one person. Its entries hold the values, which erasure may blank; the audit holds hashes.
create table changes (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  operation text not null,
  actor_id uuid not null,
  actor_kind text not null check (actor_kind in ('person', 'service')),
  api_key_id uuid,
  on_behalf boolean not null default false,
  on_the_machine boolean not null default false,
  forced boolean not null default false,
  reason text,
  made_at timestamptz not null,
  undoes_id uuid,
  undone_by_id uuid,
  salt bytea not null,
  primary key (organization_id, id)
);

create table change_entries (
  organization_id uuid not null,
  change_id uuid not null,
  position integer not null,
  noun text not null,
  noun_id uuid not null,
  before jsonb,
  after jsonb,
  primary key (organization_id, change_id, position),
  foreign key (organization_id, change_id) references changes (organization_id, id) on delete cascade
);
create index change_entries_of on change_entries (organization_id, noun_id);

-- What a transaction leaves for its organization's drainer: the audit row, not yet in order, and the mark of a check-in:
-- this Key Result's figures are to be recomputed. Its own row each, so that nothing waits for anything.
create table outbox (
  organization_id uuid not null,
  id uuid not null,
  operation text not null,
  actor_id uuid not null,
  actor_kind text not null,
  noun text not null,
  noun_id uuid not null,
  objective_id uuid,
  fields text[] not null default '{}',
  hash bytea not null,
  made_at timestamptz not null,
  mark uuid,
  primary key (organization_id, id, noun_id)
);

-- The audit, in order: positions without gaps, sealed in blocks by a chain of hashes. Events are read from here.
create table audit (
  organization_id uuid not null,
  position bigint not null,
  id uuid not null,
  operation text not null,
  actor_id uuid not null,
  actor_kind text not null,
  noun text not null,
  noun_id uuid not null,
  objective_id uuid,
  fields text[] not null default '{}',
  hash bytea not null,
  made_at timestamptz not null,
  primary key (organization_id, position)
);
create index audit_of on audit (organization_id, objective_id, position desc);

create table seals (
  organization_id uuid not null,
  number bigint not null,
  first_position bigint not null,
  last_position bigint not null,
  hash bytea not null,
  primary key (organization_id, number)
);

create table idempotency (
  organization_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status smallint not null,
  etag text,
  body text,
  made_at timestamptz not null,
  primary key (organization_id, actor_id, key)
);

create table services (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  role text not null check (role in ('administrator', 'member', 'guest')),
  version integer not null default 1,
  primary key (organization_id, id)
);

create table api_keys (
  organization_id uuid not null references organizations (id) on delete cascade,
  id uuid not null,
  name text not null,
  person_id uuid,
  service_id uuid,
  scopes text[] not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  version integer not null default 1,
  primary key (organization_id, id),
  foreign key (organization_id, person_id) references people (organization_id, id),
  foreign key (organization_id, service_id) references services (organization_id, id),
  check ((person_id is null) <> (service_id is null))
);

-- History with validity: each state of a row, from when to when it was so.

create function keep_history() returns trigger language plpgsql as $$
declare
  moment timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
begin
  execute format('update %I set valid_to = $1 where organization_id = $2 and id = $3 and valid_to = ''infinity''', tg_argv[0])
    using moment, coalesce(new.organization_id, old.organization_id), coalesce(new.id, old.id);
  if tg_op = 'DELETE' then
    return null;
  end if;
  -- The two bounds come first, so that a column added to both tables later lands in the same place.
  execute format('insert into %I select $2, ''infinity''::timestamptz, $1.*', tg_argv[0]) using new, moment;
  return null;
end $$;

do $$
declare noun text;
begin
  foreach noun in array array['people', 'groups', 'cycles', 'objectives', 'key_results', 'alignments', 'contributions'] loop
    execute format('create table %I (valid_from timestamptz not null, valid_to timestamptz not null, like %I)', noun || '_history', noun);
    execute format('create index on %I (organization_id, id, valid_from desc)', noun || '_history');
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history(%L)', noun, noun || '_history');
  end loop;
end $$;

-- Arithmetic. One function for every rounding; TypeScript's halfEven is its twin.

create function half_even(numerator numeric, denominator numeric, places integer) returns numeric
language plpgsql immutable strict parallel safe as $$
declare
  up numeric := case places when 12 then 1000000000000 else 1000000 end;
  down numeric := case places when 12 then 0.000000000001 else 0.000001 end;
  n numeric := case when denominator < 0 then -numerator else numerator end * up;
  d numeric := abs(denominator);
  quotient numeric := div(n, d);
  twice numeric := 2 * abs(n - quotient * d);
begin
  if twice > d or (twice = d and mod(quotient, 2) <> 0) then
    quotient := quotient + case when n < 0 then -1 else 1 end;
  end if;
  return quotient * down;
end $$;

-- API keys with whoever they speak for. Asked on every request: one round trip, in which the policies learn the tenant.
create function presented_keys(org uuid, ids uuid[]) returns table (
  id uuid, secret_hash bytea, scopes text[], expires_at timestamptz, revoked_at timestamptz,
  service_id uuid, person_id uuid, role text, left_on date, time_zone text
) language plpgsql as $$
begin
  perform set_config('app.organization', org::text, true);
  return query
    select k.id, k.secret_hash, k.scopes, k.expires_at, k.revoked_at, k.service_id, k.person_id,
      coalesce(s.role, p.role), p.left_on, o.time_zone
    from api_keys k
    join organizations o on o.id = k.organization_id
    left join services s on s.organization_id = k.organization_id and s.id = k.service_id
    left join people p on p.organization_id = k.organization_id and p.id = k.person_id
    where k.organization_id = org and k.id = any(ids);
end $$;

-- Whether a person stands above another in the reporting line.
create function manages(org uuid, above uuid, below uuid) returns boolean language sql stable as $$
  with recursive line(id) as (
    select manager_id from people where organization_id = org and id = below
    union
    select p.manager_id from people p join line on p.organization_id = org and p.id = line.id
  )
  select exists (select from line where id = above)
$$;

do $$
declare tenant text;
begin
  for tenant in
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id'
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname not in ('account_people', 'one_time_links')
  loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      tenant);
  end loop;
end $$;
