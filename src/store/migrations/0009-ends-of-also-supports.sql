-- What also supported an Objective, or was supported by it, as of a past day.
create index on also_supports_history (organization_id, from_id);
create index on also_supports_history (organization_id, to_id);
