/**
 * The application's role owns no table and so can make no index; these two run as the owner, for a set of the
 * transaction's own tenant and nothing else.
 */
export const VECTOR_FUNCTIONS = `
create function vector_index(wanted uuid) returns boolean language plpgsql security definer
  set search_path = pg_catalog, public
  as $$
declare
  size integer := (select dimensions from public.vector_set where id = wanted and tenant_id = public.app_tenant());
  place text := (select n.nspname from pg_extension e join pg_namespace n on n.oid = e.extnamespace
                  where e.extname = 'vector'
                    and exists (select from pg_type t where t.typnamespace = n.oid and t.typname = 'halfvec'));
begin
  -- pgvector's index takes no more dimensions.
  if size is null or place is null or size > 4000 then return false; end if;
  -- Most of the graph is then built in memory.
  perform set_config('maintenance_work_mem', '512MB', true);
  execute format('create index if not exists %I on public.passage_vector
                    using hnsw ((embedding::%I.halfvec(%s)) %I.halfvec_cosine_ops) where set_id = %L',
                 'passage_vector_' || replace(wanted::text, '-', ''), place, size, place, wanted);
  return true;
end $$;

create function vector_index_drop(wanted uuid) returns void language plpgsql security definer
  set search_path = pg_catalog, public
  as $$
begin
  if exists (select from public.vector_set where id = wanted and tenant_id = public.app_tenant()) then
    execute format('drop index if exists public.%I', 'passage_vector_' || replace(wanted::text, '-', ''));
  end if;
end $$;

do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant select, insert, update, delete on vector_set, vector_document, passage_vector to %I', app);
  revoke execute on function vector_index(uuid), vector_index_drop(uuid) from public;
  execute format('grant execute on function vector_index(uuid), vector_index_drop(uuid) to %I', app);
end $$;
`;

export const WITHOUT_VECTOR_FUNCTIONS = `
drop function vector_index(uuid);
drop function vector_index_drop(uuid);
`;
