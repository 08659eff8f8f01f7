export const SOURCE_TABLES = `
create table source (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  collection_id uuid not null references collection (id),
  name text not null,
  kind text not null check (kind in ('folder', 'git', 'archive', 'bucket')),
  settings jsonb not null,
  secret bytea,
  target text not null default '',
  include text[] not null default '{}',
  exclude text[] not null default '{}',
  max_file_bytes bigint not null,
  deletion_share integer not null,
  every_minutes integer,
  state text not null check (state in ('active', 'paused', 'removing')),
  pause_reason text check (pause_reason in ('person', 'deletions')),
  removal text check (removal in ('keep', 'delete')),
  next_run_at timestamptz,
  created_by uuid references app_user (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint source_name unique (tenant_id, name)
);
create index source_due on source (tenant_id, next_run_at);
create index source_collection on source (collection_id);

create table source_item (
  source_id uuid not null references source (id) on delete cascade,
  path text not null,
  tenant_id uuid not null references tenant (id),
  document_id uuid references document (id),
  fingerprint text,
  sha256 bytea,
  bytes bigint,
  state text not null check (state in ('taken', 'skipped', 'failed')),
  reason_code text,
  reason text,
  run_id uuid,
  updated_at timestamptz not null default now(),
  primary key (source_id, path)
);
create index source_item_document on source_item (document_id);
create index source_item_state on source_item (source_id, state);

create table source_run (
  id uuid primary key default gen_random_uuid(),
  source_id uuid not null references source (id) on delete cascade,
  tenant_id uuid not null references tenant (id),
  cause text not null check (cause in ('schedule', 'person', 'removal')),
  state text not null check (state in ('queued', 'running', 'done', 'failed', 'cancelled', 'stopped')),
  phase text not null default 'listing' check (phase in ('listing', 'reading', 'deleting')),
  lease uuid,
  allow_deletions boolean not null default false,
  cancel_requested boolean not null default false,
  listed integer not null default 0,
  processed integer not null default 0,
  to_process integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  moved integer not null default 0,
  deleted integer not null default 0,
  unchanged integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  missing integer not null default 0,
  error_code text,
  error text,
  created_by uuid references app_user (id) on delete set null,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  reading_since timestamptz,
  seen_at timestamptz,
  ended_at timestamptz
);
create unique index source_run_active on source_run (source_id) where state in ('queued', 'running');
create index source_run_source on source_run (source_id, created_at);

create table source_archive (
  id uuid primary key default gen_random_uuid(),
  source_id uuid not null references source (id) on delete cascade,
  tenant_id uuid not null references tenant (id),
  file_name text not null,
  bytes bigint not null default 0,
  sha256 bytea,
  created_at timestamptz not null default now()
);
create index source_archive_source on source_archive (source_id, created_at);

create table source_archive_part (
  archive_id uuid not null references source_archive (id) on delete cascade,
  ordinal integer not null,
  tenant_id uuid not null references tenant (id),
  content bytea not null,
  primary key (archive_id, ordinal)
);
`;

export const WITHOUT_SOURCE_TABLES = `
drop table source_archive_part, source_archive, source_run, source_item, source;
`;
