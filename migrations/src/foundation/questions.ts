export const QUESTIONS = `
create table quota_policy (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  subject_kind text not null check (subject_kind in ('tenant', 'group', 'user')),
  subject_id uuid,
  requests_per_minute integer check (requests_per_minute >= 0),
  tokens_per_day bigint check (tokens_per_day >= 0),
  concurrent_questions integer check (concurrent_questions >= 0),
  updated_at timestamptz not null default now(),
  unique nulls not distinct (tenant_id, subject_kind, subject_id),
  check ((subject_kind = 'tenant') = (subject_id is null))
);

create table quota_usage (
  tenant_id uuid not null references tenant (id),
  subject_kind text not null check (subject_kind in ('tenant', 'group', 'user')),
  -- the tenant's own id where the subject is the tenant
  subject_id uuid not null,
  measure text not null check (measure in ('requests', 'tokens', 'concurrent')),
  window_start timestamptz not null,
  used bigint not null default 0,
  reserved bigint not null default 0,
  primary key (tenant_id, subject_kind, subject_id, measure, window_start)
);

create table quota_reservation (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  user_id uuid,
  group_ids uuid[] not null default '{}',
  tokens bigint not null,
  window_day timestamptz not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index quota_reservation_expiry on quota_reservation (tenant_id, expires_at);

create table forbidden_word (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  text text not null,
  category text not null default 'general',
  action text not null check (action in ('log', 'redact', 'stop')),
  whole_word boolean,
  created_by uuid,
  created_at timestamptz not null default now(),
  unique (tenant_id, text)
);

create table word_version (
  tenant_id uuid primary key references tenant (id),
  version bigint not null
);

create table firewall_policy (
  tenant_id uuid primary key references tenant (id),
  -- category -> allow | flag | redact | refuse; a missing category has the built-in action
  actions jsonb not null default '{}',
  version bigint not null default 1,
  updated_by uuid,
  updated_at timestamptz not null default now()
);

create table conversation (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  user_id uuid not null references app_user (id) on delete cascade,
  title text not null,
  pinned boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create index conversation_user on conversation (user_id, updated_at desc);

create table message (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  conversation_id uuid not null references conversation (id) on delete cascade,
  ordinal integer not null,
  role text not null check (role in ('user', 'assistant')),
  content text not null,
  citations jsonb not null default '[]',
  -- answered | refused | stopped | cancelled | failed, on assistant messages
  outcome text,
  refusal jsonb,
  -- trace id of the question: the reference that the audit knows it by
  reference text,
  model text,
  usage jsonb,
  rating text check (rating in ('good', 'bad')),
  rating_reason text,
  created_at timestamptz not null default now(),
  unique (conversation_id, ordinal)
);

create table draft (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  user_id uuid not null references app_user (id) on delete cascade,
  customer_message text not null,
  tone text not null default 'neutral',
  content text not null default '',
  citations jsonb not null default '[]',
  state text not null check (state in ('writing', 'draft', 'approved', 'refused', 'failed')),
  refusal jsonb,
  reference text,
  model text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index draft_user on draft (user_id, updated_at desc);
`;
