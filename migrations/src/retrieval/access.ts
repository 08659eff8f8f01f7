import { inAllTenants } from '../all-tenants.js';

const FILL = `
insert into access_entry (access_id, principal, tenant_id, effect)
  select collection_id, principal, tenant_id, effect from reader where collection_id is not null;
insert into access_entry (access_id, principal, tenant_id, effect)
  select d.id, r.principal, d.tenant_id, case when bool_or(r.effect = 'deny') then 'deny' else 'allow' end
    from document d
    join reader r on r.document_id = d.id
      or (r.collection_id = d.collection_id and (r.effect = 'deny' or not exists (
            select from reader own where own.document_id = d.id and own.effect = 'allow')))
   where d.deleted_at is null and exists (select from reader own where own.document_id = d.id)
   group by d.id, r.principal, d.tenant_id;
update document set lineage_id = id, access_id = case
  when exists (select from reader own where own.document_id = document.id) then id else collection_id end;`;

/**
 * Access lists: one per collection, and one per folder or document that names readers of its own; the id of a list is
 * the id of what it belongs to. A document points to the nearest one, so that a change of readers rewrites one list and
 * no document, and the permission test is a look-up among a handful of ids instead of all documents.
 */
export const ACCESS_LISTS = `
create table folder (
  id uuid primary key default gen_random_uuid(),
  tenant_id uuid not null references tenant (id),
  collection_id uuid not null references collection (id),
  parent_id uuid references folder (id),
  name text not null,
  access_id uuid not null,
  created_at timestamptz not null default now(),
  unique nulls not distinct (collection_id, parent_id, name)
);

create table access_entry (
  access_id uuid not null,
  principal text not null,
  tenant_id uuid not null references tenant (id),
  effect text not null check (effect in ('allow', 'deny')),
  primary key (access_id, principal)
);
create index access_entry_principal on access_entry (tenant_id, principal, access_id, effect);

alter table reader add column folder_id uuid references folder (id) on delete cascade;
alter table reader drop constraint reader_check;
alter table reader add constraint reader_check check (num_nonnulls(collection_id, folder_id, document_id) = 1);
create unique index reader_folder on reader (folder_id, principal) where folder_id is not null;

alter table document
  add column folder_id uuid references folder (id),
  add column access_id uuid,
  -- The versions of one document share a lineage; replaced ones are kept for the citations that point to them.
  add column lineage_id uuid,
  add column version integer not null default 1,
  add column replaced_at timestamptz,
  -- Number of its first passage in the index; null while it is not indexed.
  add column first_passage bigint,
  -- Version of the analyzer that made its terms.
  add column analyzer smallint not null default 0,
  -- The transaction that last changed what a search depends on.
  add column changed_in bigint not null default 0;

${inAllTenants(['reader', 'document'], FILL)}
alter table document alter column access_id set not null, alter column lineage_id set not null;

drop index document_same_content;
create unique index document_same_content on document (tenant_id, collection_id, sha256)
  where deleted_at is null and replaced_at is null;
create unique index document_lineage on document (lineage_id, version);
create index document_folder on document (folder_id);
create index document_changed on document (tenant_id, changed_in);

create function document_changed() returns trigger language plpgsql
  as $$ begin new.changed_in := pg_current_xact_id()::text::bigint; return new; end $$;
create trigger document_changed
  before insert or update of collection_id, access_id, state, deleted_at, replaced_at, first_passage on document
  for each row execute function document_changed();

-- Deny wins; no entry means no access.
create function app_readable_access() returns setof uuid language sql stable
  as $$
    select access_id from access_entry
     where tenant_id = (select app_tenant()) and principal = any ((select app_principals())::text[])
     group by access_id having bool_and(effect = 'allow')
  $$;

alter policy readable on document using (
  tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or access_id in (select app_readable_access())));
-- What belongs to a document is seen where the document is: its own policy answers.
alter policy readable on document_content using (
  tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or exists (select from document d where d.id = document_id)));
alter policy readable on passage using (
  tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or exists (select from document d where d.id = document_id)));
`;

/** The rule of before: documents alone. Folders are lost, and with them the readers that only they named. */
export const WITHOUT_ACCESS_LISTS = `
create table document_access (
  tenant_id uuid not null references tenant (id),
  document_id uuid not null references document (id) on delete cascade,
  principal text not null,
  effect text not null check (effect in ('allow', 'deny')),
  primary key (document_id, principal)
);
create index document_access_principal on document_access (tenant_id, principal, document_id);
${inAllTenants(
  ['document', 'access_entry', 'reader'],
  `insert into document_access (tenant_id, document_id, principal, effect)
  select d.tenant_id, d.id, a.principal, a.effect from document d join access_entry a on a.access_id = d.access_id
   where d.deleted_at is null and d.replaced_at is null;
update document set folder_id = null where folder_id is not null;
delete from reader where folder_id is not null;
update reader r set document_id = d.id from document d
 where d.lineage_id = r.document_id and d.id <> r.document_id and d.replaced_at is null and d.deleted_at is null;
delete from document where replaced_at is not null;`,
)}

create function app_readable_documents() returns setof uuid language sql stable
  as $$
    select document_id from document_access
     where tenant_id = (select app_tenant()) and principal = any ((select app_principals())::text[])
     group by document_id having bool_and(effect = 'allow')
  $$;
alter policy readable on document using (tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or id in (select app_readable_documents())));
alter policy readable on document_content using (tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or document_id in (select app_readable_documents())));
alter policy readable on passage using (tenant_id = (select app_tenant())
  and ((select app_access()) = 'all' or document_id in (select app_readable_documents())));
drop function app_readable_access();

drop trigger document_changed on document;
drop function document_changed();
drop index document_same_content, document_lineage, document_folder, document_changed;
create unique index document_same_content on document (tenant_id, collection_id, sha256) where deleted_at is null;
alter table document drop column folder_id, drop column access_id, drop column lineage_id, drop column version,
  drop column replaced_at, drop column first_passage, drop column analyzer, drop column changed_in;
alter table reader drop constraint reader_check;
drop index reader_folder;
alter table reader drop column folder_id;
alter table reader add constraint reader_check check (num_nonnulls(collection_id, document_id) = 1);
drop table access_entry;
drop table folder;
`;
