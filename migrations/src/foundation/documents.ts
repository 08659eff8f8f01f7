export const DOCUMENTS = `
create table collection (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  slug text not null,
  name text not null,
  description text not null default '',
  created_at timestamptz not null default now(),
  unique (tenant_id, slug)
);

create table document (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  collection_id uuid not null references collection (id),
  title text not null,
  file_name text not null,
  media_type text not null,
  language text,
  bytes bigint not null,
  sha256 bytea not null,
  state text not null check (state in ('received', 'parsing', 'screening', 'indexing', 'ready', 'refused', 'quarantined')),
  reason_code text,
  reason text,
  pages integer,
  passages integer not null default 0,
  created_by uuid references app_user (id) on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz
);
create unique index document_same_content on document (tenant_id, collection_id, sha256) where deleted_at is null;
create index document_collection on document (collection_id);

create table document_content (
  document_id uuid primary key references document (id) on delete cascade,
  tenant_id uuid not null references tenant (id),
  content bytea not null
);

create table reader (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  collection_id uuid references collection (id) on delete cascade,
  document_id uuid references document (id) on delete cascade,
  principal text not null check (principal ~ '^(everyone|(user|group):[0-9a-f-]{36})$'),
  effect text not null default 'allow' check (effect in ('allow', 'deny')),
  check (num_nonnulls(collection_id, document_id) = 1)
);
create unique index reader_collection on reader (collection_id, principal) where collection_id is not null;
create unique index reader_document on reader (document_id, principal) where document_id is not null;

-- Readers of collections and documents flattened, so that the permission test is one indexed look-up.
create table document_access (
  tenant_id uuid not null references tenant (id),
  document_id uuid not null references document (id) on delete cascade,
  principal text not null,
  effect text not null check (effect in ('allow', 'deny')),
  primary key (document_id, principal)
);
create index document_access_principal on document_access (tenant_id, principal, document_id);

create table passage (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  document_id uuid not null references document (id) on delete cascade,
  ordinal integer not null,
  heading text not null default '',
  page integer,
  content text not null,
  language text not null default 'en',
  -- length in index terms, for BM25
  terms integer not null,
  unique (document_id, ordinal)
);

create table posting (
  tenant_id uuid not null,
  term text not null,
  passage_id uuid not null references passage (id) on delete cascade,
  document_id uuid not null,
  frequency smallint not null,
  passage_terms integer not null,
  primary key (tenant_id, term, passage_id)
);
create index posting_passage on posting (passage_id);

create table corpus_statistic (
  tenant_id uuid primary key references tenant (id),
  passages bigint not null default 0,
  terms bigint not null default 0
);
`;
