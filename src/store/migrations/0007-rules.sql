-- Rules that an organization may turn into warnings, and statuses that somebody says.

alter table key_results
  drop constraint time_bound,
  add constraint time_bound check (state in ('draft', 'discarded') or not conforms or lenient or deadline is not null),
  add constraint status_said check (status_override in ('not started', 'on track', 'behind', 'at risk', 'achieved', 'missed')),
  add constraint status_said_why check ((status_override is null) = (status_override_reason is null));
