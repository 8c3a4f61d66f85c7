-- Whoever owns it took it over from somebody who left, until it is handed over.
alter table kpis add interim boolean not null default false;
alter table kpis_history add interim boolean not null default false;
