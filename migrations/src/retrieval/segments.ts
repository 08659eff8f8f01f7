/** The inverted index as immutable segments (libs/retrieval/DESIGN.md) in place of a row per passage and term. */
export const SEGMENTS = `
drop table posting;

-- How many passage numbers a tenant has given out.
create table passage_number (
  tenant_id uuid primary key references tenant (id),
  next bigint not null default 0
);

create table segment (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  level smallint not null,
  analyzer smallint not null,
  passages integer not null,
  terms bigint not null,
  bytes bigint not null,
  directory bytea not null,
  created_at timestamptz not null default now()
);
create index segment_tenant on segment (tenant_id, level);

create table posting_block (
  segment_id uuid not null references segment (id) on delete cascade,
  first_term bytea not null,
  tenant_id uuid not null references tenant (id),
  data bytea not null,
  primary key (segment_id, first_term)
);
-- Posting lists do not compress; decompressing them would cost more than it saves.
alter table posting_block alter column data set storage external;
alter table segment alter column directory set storage external;
-- Merges leave whole segments behind: their room is to be used again by the next one, not after a fifth of the table.
alter table posting_block set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
alter table segment set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);

alter table passage_number enable row level security;
alter table passage_number force row level security;
create policy tenant on passage_number using (tenant_id = (select app_tenant())) with check (tenant_id = app_tenant());
-- Postings tell of every document's text: only for the index itself, never under a caller's own access.
alter table segment enable row level security;
alter table segment force row level security;
create policy tenant on segment
  using (tenant_id = (select app_tenant()) and (select app_access()) = 'all')
  with check (tenant_id = app_tenant() and app_access() = 'all');
alter table posting_block enable row level security;
alter table posting_block force row level security;
create policy tenant on posting_block
  using (tenant_id = (select app_tenant()) and (select app_access()) = 'all')
  with check (tenant_id = app_tenant() and app_access() = 'all');
`;

export const WITHOUT_SEGMENTS = `
drop table posting_block;
drop table segment;
drop table passage_number;
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
alter table posting enable row level security;
alter table posting force row level security;
create policy readable on posting for select using (tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or document_id in (select app_readable_documents())));
create policy written on posting for insert with check (tenant_id = app_tenant() and app_access() = 'all');
create policy changed on posting for update using (tenant_id = app_tenant() and app_access() = 'all');
create policy removed on posting for delete using (tenant_id = app_tenant() and app_access() = 'all');
do $$ begin
  execute format('grant select, insert, update, delete on posting to %I',
    coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app'));
end $$;
`;
