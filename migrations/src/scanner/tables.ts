export const SCANNER_TABLES = `
alter table forbidden_word add column allow boolean not null default false;
-- The version at which the words themselves changed last; the others are of lists and of the policy.
alter table word_version add column words_version bigint not null default 0;

create table scanner_policy (
  tenant_id uuid primary key references tenant (id),
  -- category -> { action, severity, folds }: what differs from what is built in
  categories jsonb not null default '{}',
  keep_hits_days integer not null default 30 check (keep_hits_days >= 1),
  updated_by uuid,
  updated_at timestamptz not null default now()
);

create table word_list (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  name text not null,
  category text not null,
  action text not null check (action in ('log', 'redact', 'stop')),
  state text not null default 'checking'
    check (state in ('checking', 'preview', 'active', 'undone', 'failed', 'discarded')),
  stage text check (stage in ('uploading', 'waiting', 'reading', 'compiling', 'previewing')),
  file_name text not null,
  bytes bigint not null default 0,
  sha256 bytea,
  read_bytes bigint not null default 0,
  words integer not null default 0,
  report jsonb,
  preview jsonb,
  previewing boolean not null default false,
  cancel_requested boolean not null default false,
  failure text,
  created_by uuid,
  created_at timestamptz not null default now(),
  confirmed_by uuid,
  confirmed_at timestamptz
);
create index word_list_tenant on word_list (tenant_id, created_at);

-- The file as it was uploaded, until it is read.
create table word_list_part (
  list_id uuid not null references word_list (id) on delete cascade,
  ordinal integer not null,
  tenant_id uuid not null references tenant (id),
  content bytea not null,
  primary key (list_id, ordinal)
);

create table word_list_chunk (
  list_id uuid not null references word_list (id) on delete cascade,
  ordinal integer not null,
  tenant_id uuid not null references tenant (id),
  words text[] not null,
  primary key (list_id, ordinal)
);

-- What was found in answers, for operators: never in the audit, and gone after the days of the policy.
create table scan_hit (
  id bigint generated always as identity primary key,
  tenant_id uuid not null references tenant (id),
  reference text not null,
  at timestamptz not null default now(),
  channel text not null,
  rule_id text not null,
  category text not null,
  severity text not null check (severity in ('low', 'medium', 'high', 'critical')),
  action text not null check (action in ('log', 'redact', 'stop')),
  start_at integer not null,
  end_at integer not null,
  folds text[] not null default '{}',
  original text,
  folded text,
  masked text,
  constraint scan_hit_masked_check check (masked is null or (original is null and folded is null))
);
create index scan_hit_newest on scan_hit (tenant_id, id);
create index scan_hit_reference on scan_hit (tenant_id, reference);
create index scan_hit_at on scan_hit (tenant_id, at);
`;

export const WITHOUT_SCANNER_TABLES = `
drop table scan_hit, word_list_chunk, word_list_part, word_list, scanner_policy;
alter table word_version drop column words_version;
alter table forbidden_word drop column allow;
`;

/** Tables that every verb of their tenant may read. */
const TABLES = ['scanner_policy', 'word_list', 'word_list_part', 'word_list_chunk'];

const policies = TABLES.map(
  (table) => `
alter table ${table} enable row level security;
alter table ${table} force row level security;
create policy tenant on ${table} using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());`,
).join('\n');

/** Hits are written for everybody, and read by verbs that say that they have checked who reads. */
export const SCANNER_SECURITY = `${policies}
alter table scan_hit enable row level security;
alter table scan_hit force row level security;
create policy written on scan_hit for insert with check (tenant_id = app_tenant());
create policy readable on scan_hit for select using (tenant_id = (select app_tenant()) and app_access() = 'all');
create policy removed on scan_hit for delete using (tenant_id = (select app_tenant()) and app_access() = 'all');
do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant select, insert, update, delete on ${TABLES.join(', ')} to %I', app);
  execute format('grant select, insert, delete on scan_hit to %I', app);
end $$;
`;
