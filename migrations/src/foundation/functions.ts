export const FUNCTIONS = `
create function app_tenant() returns uuid language sql stable
  as $$ select nullif(current_setting('app.tenant', true), '')::uuid $$;

create function app_principals() returns text[] language sql stable
  as $$ select string_to_array(coalesce(current_setting('app.principals', true), ''), ',') $$;

create function app_access() returns text language sql stable
  as $$ select coalesce(current_setting('app.access', true), '') $$;

-- Deny wins; no entry means no access.
create function app_readable_documents() returns setof uuid language sql stable
  as $$
    select document_id from document_access
     where tenant_id = app_tenant() and principal = any (app_principals())
     group by document_id having bool_and(effect = 'allow')
  $$;

-- The two look-ups that are needed before a tenant is known; they give out ids and nothing else.
create function tenant_by_slug(wanted text) returns uuid language sql stable security definer
  set search_path = pg_catalog, public
  as $$ select id from public.tenant where slug = wanted $$;

create function tenant_ids() returns setof uuid language sql stable security definer
  set search_path = pg_catalog, public
  as $$ select id from public.tenant order by created_at $$;

create function refuse_change() returns trigger language plpgsql
  as $$ begin raise exception 'audit records are append-only' using errcode = 'insufficient_privilege'; end $$;

create trigger audit_record_append_only before update or delete on audit_record
  for each row execute function refuse_change();
create trigger audit_record_no_truncate before truncate on audit_record
  for each statement execute function refuse_change();
`;
