/**
 * Replaced versions stay readable for the citations that point to them, by those who may read the current one: wherever
 * a document's place or access list changes, its other versions follow in the same transaction.
 */
export const VERSIONS = `
-- The source that brought it; null: uploaded.
alter table document add column source_id uuid;
create index document_source on document (source_id) where source_id is not null;

create function document_versions_follow() returns trigger language plpgsql as $$ begin
  update document set access_id = new.access_id, folder_id = new.folder_id, collection_id = new.collection_id
   where lineage_id = new.lineage_id and id <> new.id and deleted_at is null
     and (access_id, folder_id, collection_id) is distinct from (new.access_id, new.folder_id, new.collection_id);
  return null;
end $$;
create trigger document_versions_follow
  after update of access_id, folder_id, collection_id on document for each row
  when (new.replaced_at is null and new.deleted_at is null and new.state = 'ready'
    and (old.access_id, old.folder_id, old.collection_id) is distinct from (new.access_id, new.folder_id, new.collection_id))
  execute function document_versions_follow();
`;

export const WITHOUT_VERSIONS = `
drop trigger document_versions_follow on document;
drop function document_versions_follow();
drop index document_source;
alter table document drop column source_id;
`;
