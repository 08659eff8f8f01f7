/**
 * Vectors of passages. The tables are the same with pgvector and without it: `real[]` is cast to pgvector's type by the
 * expression of an index, which `vector_index` makes where the extension is there (libs/retrieval/src/vectors/DESIGN.md).
 */
export const VECTOR_TABLES = `
-- One model's vectors of one tenant.
create table vector_set (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  model_key text not null,
  model text not null,
  -- Null until the model has answered for the first time.
  dimensions integer,
  state text not null check (state in ('building', 'active', 'retired')),
  -- How fast it goes: passages embedded, and the time that took.
  embedded bigint not null default 0,
  working_ms bigint not null default 0,
  -- Passages that the model would not take.
  skipped bigint not null default 0,
  failure text,
  failed_at timestamptz,
  retry_at timestamptz,
  -- The worker that is at it, and until when it need not say so again.
  holder uuid,
  held_until timestamptz,
  created_at timestamptz not null default now(),
  activated_at timestamptz,
  retired_at timestamptz
);
create unique index vector_set_active on vector_set (tenant_id) where state = 'active';
create unique index vector_set_model on vector_set (tenant_id, model_key) where state <> 'retired';

-- Documents all of whose passages have vectors, as of the number of their first passage.
create table vector_document (
  set_id uuid not null references vector_set (id) on delete cascade,
  document_id uuid not null,
  tenant_id uuid not null references tenant (id),
  first_passage bigint not null,
  passages integer not null,
  primary key (set_id, document_id)
);

-- No reference to passage: a row of a passage that is gone is not found, may lend its vector to the same text, and goes
-- with the next sweep.
create table passage_vector (
  set_id uuid not null references vector_set (id) on delete cascade,
  passage_id uuid not null,
  tenant_id uuid not null references tenant (id),
  document_id uuid not null,
  -- Of the text that the model was given.
  hash bytea not null,
  -- The sign of each dimension.
  signature bit varying not null,
  -- Of length 1.
  embedding real[] not null,
  primary key (set_id, passage_id)
);
create index passage_vector_document on passage_vector (set_id, document_id);
create index passage_vector_hash on passage_vector (set_id, hash);
alter table passage_vector alter column embedding set storage external;

alter table vector_set enable row level security;
alter table vector_set force row level security;
create policy tenant on vector_set using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());
alter table vector_document enable row level security;
alter table vector_document force row level security;
create policy tenant on vector_document using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());
-- Vectors tell of every document's text: only for the search itself, never under a caller's own access.
alter table passage_vector enable row level security;
alter table passage_vector force row level security;
create policy tenant on passage_vector
  using (tenant_id = (select app_tenant()) and (select app_access()) = 'all')
  with check (tenant_id = app_tenant() and app_access() = 'all');
`;

export const WITHOUT_VECTOR_TABLES = `
drop table passage_vector;
drop table vector_document;
drop table vector_set;
`;
