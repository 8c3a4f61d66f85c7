-- Comments, KPIs, and what can be searched for.

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

-- Search. Everything that can be found has an entry, in the order in which it was made; 512 entries stand on a shelf, and
-- of each shelf it is known which words are on it. See docs/decisions/0014-search.md.

create table search_entries (
  organization_id uuid not null,
  noun_id uuid not null,
  noun text not null,
  -- What decides who sees it; neither: everybody does.
  objective_id uuid,
  key_result_id uuid,
  shelf integer not null,
  position bigint not null,
  words tsvector not null,
  updated_at timestamptz not null,
  primary key (organization_id, noun_id)
);
create index search_entries_shelf on search_entries (organization_id, shelf, position);

create table search_shelves (
  organization_id uuid not null,
  shelf integer not null,
  word text collate "C" not null,
  noun text not null,
  primary key (organization_id, shelf, word, noun)
);

-- What can be found, and by which words. A noun that is added gets a line here (without a condition: it would keep the
-- planner from looking up one row in it), `make_searchable`, and its name in TypeScript's SEARCHABLE.
create view searchable with (security_invoker = true) as
  select organization_id, id, 'objective' as noun, id as objective_id, null::uuid as key_result_id, title, why as body from objectives
  union all select organization_id, id, 'key-result', null, id, title, evidence from key_results
  union all select organization_id, id, 'comment', objective_id, key_result_id, null, text from comments
  union all select organization_id, id, 'kpi', null, null, name, null from kpis
  union all select organization_id, id, 'group', null, null, name, null from groups
  union all select organization_id, id, 'person', null, null, name, null from people;

-- The words of a text in their order: without case or diacritics, in no particular language. Where words are written
-- without spaces between them each character is one. TypeScript's wordsOf is its twin.
create function search_words(given text) returns text[] language sql immutable strict parallel safe as $$
  select array(
    select left(word, 60)
    from unnest(string_to_array(
      regexp_replace(
        regexp_replace(
          replace(replace(replace(replace(
            translate(
              lower(regexp_replace(normalize(given, nfkd), '[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]+', '', 'g') collate "und-x-icu"),
              'øđðłħıς', 'oddlhiσ'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
          '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff])', ' \1 ', 'g'),
        '[^[:alnum:]\u0900-\u0963\u0966-\u0dff]+' collate "und-x-icu", ' ', 'g'),
      ' ')) with ordinality as split(word, place)
    where word <> ''
    order by place)
$$;

-- All of these words, the last of them as the beginning of one.
create function search_query(words text[]) returns tsquery language sql immutable strict parallel safe as $$
  select string_agg('''' || word || '''' || case when place = cardinality(words) then ':*' else '' end, ' & ')::tsquery
  from unnest(words) with ordinality as given(word, place)
$$;

-- This and the next are planned once, by index: planning anew would cost more than the work, and a plan that was made
-- while a table was small would read the whole of it when it has grown.

-- The next shelves, newest first, on which each of these words stands, if only apart from the others.
create function search_walk(org uuid, words text[], of_noun text, newest integer, most integer) returns setof integer
language plpgsql stable set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  beginning text := words[cardinality(words)];
  whole text[] := words[1 : cardinality(words) - 1];
  one text;
  here boolean;
begin
  for this in reverse newest .. 0 loop
    exit when most = 0;
    here := exists (select from search_shelves s where s.organization_id = org and s.shelf = this
      and s.word >= beginning and s.word < beginning || chr(1114111) and (of_noun is null or s.noun = of_noun));
    foreach one in array whole loop
      exit when not here;
      here := exists (select from search_shelves s where s.organization_id = org and s.shelf = this
        and s.word = one and (of_noun is null or s.noun = of_noun));
    end loop;
    continue when not here;
    return next this;
    most := most - 1;
  end loop;
end $$;

-- Brings the entries of these up to what they now say. What is new goes to the end; what is there keeps its place.
create function search_refresh(org uuid, ids uuid[]) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  moment timestamptz := coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
  was search_entries;
  says tsvector;
  gone text[];
  last bigint;
begin
  for was in select * from search_entries where organization_id = org and noun_id = any(ids) loop
    select array_to_tsvector(search_words(concat_ws(' ', title, body))) into says
      from searchable where organization_id = org and id = was.noun_id;
    continue when says = was.words;
    if says is null then
      delete from search_entries where organization_id = org and noun_id = was.noun_id;
    else
      update search_entries set words = says, updated_at = moment where organization_id = org and noun_id = was.noun_id;
      insert into search_shelves select org, was.shelf, unnest(tsvector_to_array(says)), was.noun on conflict do nothing;
    end if;
    -- A word that nothing there says any more leaves no trace.
    gone := array(select unnest(tsvector_to_array(was.words)) except select unnest(tsvector_to_array(says)));
    delete from search_shelves s where s.organization_id = org and s.shelf = was.shelf and s.noun = was.noun and s.word = any(gone)
      and s.word not in (select unnest(tsvector_to_array(e.words)) from search_entries e
        where e.organization_id = org and e.shelf = was.shelf and e.noun = was.noun
          and e.words @@ (select string_agg('''' || word || '''', ' | ')::tsquery from unnest(gone) as one(word)));
  end loop;
  select e.position into last from search_entries e where e.organization_id = org order by e.shelf desc, e.position desc limit 1;
  with made as (
    insert into search_entries (organization_id, noun_id, noun, objective_id, key_result_id, shelf, position, words, updated_at)
    select org, id, noun, objective_id, key_result_id, place / 512, place, array_to_tsvector(search_words(concat_ws(' ', title, body))), moment
    from (
      select s.*, coalesce(last, -1) + row_number() over (order by s.id) as place
      from searchable s
      where s.organization_id = org and s.id = any(ids)
        and not exists (select from search_entries e where e.organization_id = org and e.noun_id = s.id)
    ) fresh
    returning shelf, noun, words
  )
  insert into search_shelves select distinct org, shelf, unnest(tsvector_to_array(words)), noun from made on conflict do nothing;
end $$;

-- Makes the entries that are missing, oldest first: after rows came in another way than one by one.
create function search_fill(org uuid) returns void language plpgsql as $$
declare batch uuid[];
begin
  perform set_config('app.organization', org::text, true);
  for batch in
    select array_agg(id) from (
      select id, (row_number() over (order by id) - 1) / 10000 as number from searchable s where organization_id = org
        and not exists (select from search_entries e where e.organization_id = org and e.noun_id = s.id)
    ) missing group by number order by number
  loop
    perform search_refresh(org, batch);
  end loop;
end $$;

create function search_made() returns trigger language plpgsql as $$
declare org uuid;
begin
  for org in select distinct organization_id from made loop
    perform search_refresh(org, array(select id from made where organization_id = org));
  end loop;
  return null;
end $$;

create function search_changed() returns trigger language plpgsql as $$
begin
  perform search_refresh(old.organization_id, array[old.id]);
  return null;
end $$;

-- Only words make work: a state, an owner or a version that changes does not.
create function make_searchable(noun regclass, columns text) returns void language plpgsql as $$
begin
  execute format('create trigger search_made after insert on %s referencing new table as made for each statement execute function search_made()', noun);
  execute format('create trigger search_changed after update of %s on %s for each row execute function search_changed()', columns, noun);
  execute format('create trigger search_gone after delete on %s for each row execute function search_changed()', noun);
end $$;

select make_searchable('objectives', 'title, why'), make_searchable('key_results', 'title, evidence'),
  make_searchable('comments', 'text'), make_searchable('kpis', 'name'), make_searchable('groups', 'name'),
  make_searchable('people', 'name');

do $$
declare tenant text;
begin
  foreach tenant in array array['comments', 'comments_history', 'kpis', 'kpis_history', 'kpi_values', 'search_entries', 'search_shelves'] loop
    execute format('alter table %I enable row level security', tenant);
    execute format('alter table %I force row level security', tenant);
    execute format(
      'create policy tenant on %I using (organization_id = (select nullif(current_setting(''app.organization'', true), '''')::uuid))',
      tenant);
  end loop;
end $$;

-- Each organization's rows are seen only under its setting.
do $$
declare org uuid;
begin
  for org in select id from organizations loop
    perform search_fill(org);
  end loop;
  perform set_config('app.organization', '', true);
end $$;
