export const IDENTITY = `
create table tenant (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create table app_user (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  email text not null check (email = lower(email)),
  display_name text not null,
  password_hash text,
  roles text[] not null check (roles <@ array['employee', 'support', 'admin', 'auditor']),
  locale text not null default 'en' check (locale in ('en', 'zh')),
  must_change_password boolean not null default false,
  disabled_at timestamptz,
  last_sign_in_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (tenant_id, email)
);

create table user_group (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  name text not null,
  description text not null default '',
  created_at timestamptz not null default now(),
  unique (tenant_id, name)
);

create table group_member (
  tenant_id uuid not null references tenant (id),
  group_id uuid not null references user_group (id) on delete cascade,
  user_id uuid not null references app_user (id) on delete cascade,
  created_at timestamptz not null default now(),
  primary key (group_id, user_id)
);
create index group_member_user on group_member (user_id);

create table session (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  user_id uuid not null references app_user (id) on delete cascade,
  token_hash bytea not null,
  previous_token_hash bytea,
  rotated_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  ip text,
  user_agent text
);
create unique index session_token on session (token_hash);
create index session_previous_token on session (previous_token_hash) where previous_token_hash is not null;
create index session_of_user on session (user_id);

create table sign_in_throttle (
  tenant_id uuid not null references tenant (id),
  key text not null,
  failures integer not null,
  first_failure_at timestamptz not null,
  blocked_until timestamptz,
  primary key (tenant_id, key)
);

create table api_key (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  user_id uuid not null references app_user (id) on delete cascade,
  name text not null,
  key_hash bytea not null unique,
  display_prefix text not null,
  scopes text[] not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index api_key_user on api_key (user_id);
`;
