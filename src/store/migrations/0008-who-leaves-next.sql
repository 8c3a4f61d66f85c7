-- The earliest day on which somebody leaves whose things have not passed on yet: every write and every check-in looks at
-- it, and whoever watches the clocks of all organizations. Kept by the database, so that nothing has to remember to.
alter table organizations add leaves_on date;

create function who_leaves_next() returns trigger language plpgsql as $$
declare
  org uuid := coalesce(new.organization_id, old.organization_id);
  next date := (select min(left_on) from people where organization_id = org and left_on is not null and not has_left);
begin
  update organizations set leaves_on = next where id = org and leaves_on is distinct from next;
  return null;
end $$;

create trigger leaves_when_made after insert on people for each row when (new.left_on is not null)
  execute function who_leaves_next();
create trigger leaves_when_changed after update of left_on, has_left on people for each row execute function who_leaves_next();
create trigger leaves_when_removed after delete on people for each row when (old.left_on is not null)
  execute function who_leaves_next();

-- Their owner sees no row of a table whose policies are forced: this is for all organizations at once.
alter table people no force row level security;
update organizations o set leaves_on =
  (select min(left_on) from people p where p.organization_id = o.id and p.left_on is not null and not p.has_left);
alter table people force row level security;
