import { inAllTenants } from '../all-tenants.js';

// What an answer of before was given is not known, only what it cites. A source without a document can never be read.
const fromCitations = (table: string): string => `
update ${table} set document_ids = cited.ids from (
  select id, array(select distinct case when c ->> 'documentId' ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
                     then (c ->> 'documentId')::uuid else '00000000-0000-0000-0000-000000000000' end
                     from jsonb_array_elements(citations) as c) as ids
    from ${table} where jsonb_typeof(citations) = 'array' and citations <> '[]') as cited
 where ${table}.id = cited.id;`;

/** The documents that an answer or draft was given: what may no longer be read is no longer shown, cited or not. */
export const OFFERED_DOCUMENTS = `
alter table message add column document_ids uuid[] not null default '{}';
alter table draft add column document_ids uuid[] not null default '{}';
${inAllTenants(['message', 'draft'], fromCitations('message') + fromCitations('draft'))}
`;

/**
 * A person or group that is denied somewhere must not go: whoever it kept out would be let in, without a word. The
 * product says so before; this holds against everything else.
 */
export const DENIALS_STAY = `
create index reader_principal on reader (tenant_id, principal);

create function reader_denies() returns trigger language plpgsql
  as $$ begin
    if exists (select from reader where tenant_id = old.tenant_id and effect = 'deny'
                 and principal = tg_argv[0] || ':' || old.id) then
      raise exception 'it is denied to read something' using errcode = 'restrict_violation', constraint = 'reader_denies';
    end if;
    return old;
  end $$;
create trigger reader_denies before delete on user_group for each row execute function reader_denies('group');
create trigger reader_denies before delete on app_user for each row execute function reader_denies('user');
`;

export const WITHOUT_DENIALS_STAY = `
drop trigger reader_denies on app_user;
drop trigger reader_denies on user_group;
drop function reader_denies();
drop index reader_principal;
`;
