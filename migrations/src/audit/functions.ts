/**
 * The one place where the chain is written: hash = SHA-256(hash before || UTF-8 of the record's canonical text).
 * The canonical text is JSON with a fixed order of keys and `detail` exactly as jsonb prints it, so that it can be
 * rebuilt from the stored row alone (libs/audit/DESIGN.md; libs/audit/src/chain/canonical-record.ts does so to verify).
 */
export const AUDIT_FUNCTIONS = `
create function audit_append(records jsonb, out first_sequence bigint, out last_sequence bigint, out last_hash bytea)
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  tenant constant uuid := app_tenant();
  entry jsonb;
  moment timestamptz;
  previous bytea;
begin
  if tenant is null or records is null or jsonb_typeof(records) <> 'array' or jsonb_array_length(records) = 0 then
    raise exception 'audit_append: invalid argument' using errcode = 'invalid_parameter_value';
  end if;
  -- Whatever the session, role or database was set to: an audit record is on disk when its commit returns.
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;

  select h.sequence, h.hash into last_sequence, last_hash from audit_head h where h.tenant_id = tenant for update;
  if not found then
    insert into audit_head (tenant_id, sequence, hash) values (tenant, 0, decode(repeat('00', 32), 'hex'))
      on conflict (tenant_id) do nothing;
    select h.sequence, h.hash into strict last_sequence, last_hash from audit_head h where h.tenant_id = tenant for update;
  end if;
  first_sequence := last_sequence + 1;
  moment := date_trunc('milliseconds', clock_timestamp());

  for entry in select e from jsonb_array_elements(records) with ordinality a (e, n) order by n loop
    last_sequence := last_sequence + 1;
    previous := last_hash;
    last_hash := sha256(previous || convert_to(
      '{"tenant":"' || tenant
      || '","sequence":' || last_sequence
      || ',"id":"' || (entry ->> 'id')::uuid
      || '","recordedAt":"' || to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      || '","kind":' || to_json(entry ->> 'kind')
      || ',"traceId":' || coalesce(to_json(entry ->> 'traceId')::text, 'null')
      || ',"actorId":' || coalesce(to_json((entry ->> 'actorId')::uuid)::text, 'null')
      || ',"actor":' || to_json(entry ->> 'actor')
      || ',"outcome":' || coalesce(to_json(entry ->> 'outcome')::text, 'null')
      || ',"detail":' || (entry -> 'detail')
      || '}', 'UTF8'));
    insert into audit_record
        (tenant_id, sequence, id, recorded_at, kind, trace_id, actor_id, actor, outcome, detail, previous_hash, hash)
      values (tenant, last_sequence, (entry ->> 'id')::uuid, moment, entry ->> 'kind', entry ->> 'traceId',
        (entry ->> 'actorId')::uuid, entry ->> 'actor', entry ->> 'outcome', entry -> 'detail', previous, last_hash);
  end loop;
  update audit_head h set sequence = last_sequence, hash = last_hash where h.tenant_id = tenant;
end $$;

do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  revoke execute on function audit_append from public;
  execute format('grant execute on function audit_append to %I', app);
  execute format('revoke insert on audit_record from %I', app);
  execute format('revoke insert, update on audit_head from %I', app);
end $$;
`;

export const WITHOUT_AUDIT_FUNCTIONS = `
do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant insert on audit_record to %I', app);
  execute format('grant insert, update on audit_head to %I', app);
end $$;
drop function audit_append;
`;
