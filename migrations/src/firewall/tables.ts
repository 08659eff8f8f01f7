export const FIREWALL_TABLES = `
-- preset, paranoia, shadow, rules and exceptions; what is missing is as built in. The actions stay in their column.
alter table firewall_policy add column setup jsonb not null default '{}';

-- What was in force before, so that a change can be undone; the oldest go.
create table firewall_policy_version (
  tenant_id uuid not null references tenant (id),
  version bigint not null,
  setup jsonb not null,
  saved_by uuid,
  saved_by_name text not null,
  saved_at timestamptz not null default now(),
  primary key (tenant_id, version)
);

-- Texts of the tenant with what must be decided about them, tried at every change.
create table firewall_case (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  text text not null,
  role text not null check (role in ('user', 'system', 'assistant', 'tool', 'document')),
  expected text not null check (expected in ('allow', 'flag', 'redact', 'refuse')),
  note text not null default '',
  -- trace id of the question that it was made of
  reference text,
  created_by uuid,
  created_by_name text not null,
  created_at timestamptz not null default now()
);
create index firewall_case_tenant on firewall_case (tenant_id, created_at);
`;

export const WITHOUT_FIREWALL_TABLES = `
drop table firewall_case, firewall_policy_version;
alter table firewall_policy drop column setup;
`;

const TABLES = ['firewall_policy_version', 'firewall_case'];

const policies = TABLES.map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant on ${table} using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());`,
).join('\n');

export const FIREWALL_SECURITY = `${policies}
do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant select, insert, delete on ${TABLES.join(', ')} to %I', app);
end $$;
`;
