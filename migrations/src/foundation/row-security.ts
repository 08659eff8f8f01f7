/** Tables whose rows belong to a tenant and to nobody in particular within it. */
const TENANT_TABLES = [
  'app_user',
  'user_group',
  'group_member',
  'session',
  'sign_in_throttle',
  'api_key',
  'collection',
  'reader',
  'document_access',
  'corpus_statistic',
  'quota_policy',
  'quota_usage',
  'quota_reservation',
  'forbidden_word',
  'word_version',
  'firewall_policy',
  'conversation',
  'message',
  'draft',
  'audit_record',
  'audit_head',
];

/** Tables whose rows a caller sees only when the document is readable: column that names the document. */
const DOCUMENT_TABLES: Record<string, string> = {
  document: 'id',
  document_content: 'document_id',
  passage: 'document_id',
  posting: 'document_id',
};

const tenantPolicies = TENANT_TABLES.map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant on ${table} using (tenant_id = app_tenant()) with check (tenant_id = app_tenant());`,
).join('');

const documentPolicies = Object.entries(DOCUMENT_TABLES)
  .map(
    ([table, column]) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy readable on ${table} for select using (
  tenant_id = app_tenant() and (app_access() = 'all' or ${column} in (select app_readable_documents())));
create policy written on ${table} for insert with check (tenant_id = app_tenant() and app_access() = 'all');
create policy changed on ${table} for update using (tenant_id = app_tenant() and app_access() = 'all');
create policy removed on ${table} for delete using (tenant_id = app_tenant() and app_access() = 'all');`,
  )
  .join('');

export const ROW_SECURITY = `
alter table tenant enable row level security;
alter table tenant force row level security;
create policy tenant on tenant using (id = app_tenant()) with check (id = app_tenant());
-- For tenant_by_slug and tenant_ids, which run as the owner; the application's role never matches it.
do $$ begin execute format('create policy directory on tenant for select to %I using (true)', current_user); end $$;
${tenantPolicies}
${documentPolicies}

do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant usage on schema public to %I', app);
  execute format('grant select, insert, update, delete on all tables in schema public to %I', app);
  execute format('revoke all on schema_migration from %I', app);
  execute format('revoke update, delete, truncate on audit_record from %I', app);
  execute format('revoke delete on audit_head from %I', app);
  execute format('revoke insert, delete on tenant from %I', app);
  revoke execute on function tenant_by_slug(text), tenant_ids() from public;
  execute format('grant execute on function tenant_by_slug(text), tenant_ids() to %I', app);
end $$;
`;
