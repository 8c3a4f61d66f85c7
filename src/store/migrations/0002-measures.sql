-- The whole of a measure, what follows from the day, and every past day.

-- Baselines, maintained values, phases, scores, overrides. Each column stands in the table and in its history alike.
do $$
declare target text;
begin
  foreach target in array array['key_results', 'key_results_history'] loop
    execute format('alter table %I
      add baseline boolean not null default false,
      add by_percent numeric(24, 6),
      add by_amount numeric(24, 6),
      add at_least numeric(24, 6),
      add at_most numeric(24, 6),
      add phases jsonb not null default ''[]'',
      -- Published while a wall of its was turned into a warning: it may lack what it would have to have.
      add lenient boolean not null default false,
      add published_on date,
      add closed_on date,
      add score numeric(24, 12),
      add score_note text,
      add status_override text,
      add status_override_reason text,
      add status_override_by_id uuid,
      add status_override_at timestamptz,
      add cadence jsonb', target);
  end loop;
  foreach target in array array['objectives', 'objectives_history'] loop
    execute format('alter table %I
      -- False: private, and nothing of it counts towards what others see.
      add counts boolean not null default true,
      add published_on date,
      add closed_on date,
      add score numeric(24, 12),
      add score_note text', target);
  end loop;
  foreach target in array array['cycles', 'cycles_history'] loop
    execute format('alter table %I add cadence jsonb', target);
  end loop;
  foreach target in array array['contributions', 'contributions_history'] loop
    -- False while its child belongs to a private Objective that does not count.
    execute format('alter table %I add counts boolean not null default true', target);
  end loop;
end $$;

alter table key_results
  drop constraint key_results_measure_kind_check,
  drop constraint measurable,
  drop constraint time_bound,
  add constraint measure_kind check (measure_kind in ('increase', 'decrease', 'maintain', 'milestone')),
  add constraint one_start check (not baseline or start_value is null),
  add constraint one_target check (num_nonnulls(target_value, by_percent, by_amount) <= 1),
  add constraint bounds check (at_least <= at_most is not false),
  add constraint measurable check (
    state in ('draft', 'discarded') or not conforms or lenient
    or (measure_kind is not null and case measure_kind
      when 'milestone' then evidence is not null
      when 'maintain' then unit is not null and num_nonnulls(at_least, at_most) > 0
      else unit is not null and (baseline or start_value is not null) and num_nonnulls(target_value, by_percent, by_amount) = 1 end)
  ),
  add constraint time_bound check (state in ('draft', 'discarded') or not conforms or deadline is not null),
  add constraint score_bounds check (score between 0 and 1);
alter table objectives add constraint score_bounds check (score between 0 and 1);
create index key_results_maintained on key_results (organization_id, id) where measure_kind = 'maintain';

-- What differs from the defaults (domain/settings.ts), and the day that the figures stand for.
alter table organizations add settings jsonb not null default '{}', add reckoned_on date not null default current_date;
update organizations set reckoned_on = (now() at time zone time_zone)::date;

-- Start and target as they hold (a baseline's start is the first value reported), the latest moment of a report that
-- stands, and the day on which a figure changed last.
alter table key_result_values add start_value numeric, add target_value numeric, add reported_at timestamptz, add moved_on date;
alter table objective_values add moved_on date;
-- Their owner sees no row of a table whose policies are forced: this is for all organizations at once.
alter table key_result_values no force row level security;
alter table objective_values no force row level security;
alter table key_results no force row level security;
alter table check_ins no force row level security;
update key_result_values v set start_value = k.start_value, target_value = k.target_value, moved_on = o.reckoned_on,
    reported_at = (select max(c.counted_at) from check_ins c where c.organization_id = k.organization_id and c.key_result_id = k.id
      and not c.takes_back and not exists (select from check_ins x where x.organization_id = c.organization_id and x.corrects_id = c.id))
  from key_results k join organizations o on o.id = k.organization_id
  where v.organization_id = k.organization_id and v.key_result_id = k.id;
update objective_values v set moved_on = o.reckoned_on from organizations o where o.id = v.organization_id;
alter table key_result_values force row level security;
alter table objective_values force row level security;
alter table key_results force row level security;
alter table check_ins force row level security;

-- Figures as they stood when a day ended: a row for each day on which they changed.
create table key_result_days (
  organization_id uuid not null,
  key_result_id uuid not null,
  day date not null,
  own numeric,
  current numeric,
  numerator numeric,
  denominator numeric,
  progress numeric,
  confidence smallint,
  check_in_id uuid,
  measured_on date,
  start_value numeric,
  target_value numeric,
  reported_at timestamptz,
  primary key (organization_id, key_result_id, day)
);

create table objective_days (
  organization_id uuid not null,
  objective_id uuid not null,
  day date not null,
  progress numeric,
  primary key (organization_id, objective_id, day)
);

do $$
declare tenant text;
begin
  foreach tenant in array array['key_result_days', 'objective_days'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      tenant);
  end loop;
end $$;

-- The ways by which a past day is read.
create index on objectives_history (organization_id, cycle_id);
create index on objectives_history (organization_id, group_id);
create index on objectives_history (organization_id, lead_id);
create index on key_results_history (organization_id, objective_id);
create index on key_results_history (organization_id, owner_id);
create index on alignments_history (organization_id, from_id);
create index on alignments_history (organization_id, to_id);
create index on contributions_history (organization_id, from_id);
create index on contributions_history (organization_id, to_id);
create index on people_history (organization_id, manager_id);
create index on groups_history (organization_id, lead_id);

-- A past day, whole: under `search_path = past, public` every query reads what was known when that day ended. Made anew
-- after every migration, so that a view has the columns of its table.
create function make_past() returns void language plpgsql as $$
declare
  noun text;
  columns text;
begin
  drop schema if exists past cascade;
  create schema past;
  -- The instant at which the day was over, and the day.
  create function past.until() returns timestamptz language sql stable as 'select current_setting(''app.past_until'')::timestamptz';
  create function past.day() returns date language sql stable as 'select current_setting(''app.past_day'')::date';
  for noun in select left(tablename, -8) from pg_tables where schemaname = 'public' and tablename like '%\_history' loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns
      from pg_attribute where attrelid = format('public.%I', noun)::regclass and attnum > 0 and not attisdropped;
    execute format('create view past.%I with (security_invoker = true) as
      select %s from public.%I where valid_from < past.until() and valid_to >= past.until()', noun, columns, noun || '_history');
  end loop;
  create view past.check_ins with (security_invoker = true) as select * from public.check_ins where recorded_at < past.until();
  create view past.key_result_values with (security_invoker = true) as
    select d.organization_id, d.key_result_id, d.own, d.current, d.numerator, d.denominator, d.progress, d.confidence, d.check_in_id,
      d.measured_on, d.start_value, d.target_value, d.reported_at, d.day as moved_on
    from past.key_results k cross join lateral (
      select * from public.key_result_days d
      where d.organization_id = k.organization_id and d.key_result_id = k.id and d.day <= past.day()
      order by d.day desc limit 1) d;
  create view past.objective_values with (security_invoker = true) as
    select d.organization_id, d.objective_id, d.progress, d.day as moved_on
    from past.objectives o cross join lateral (
      select * from public.objective_days d
      where d.organization_id = o.organization_id and d.objective_id = o.id and d.day <= past.day()
      order by d.day desc limit 1) d;
end $$;
