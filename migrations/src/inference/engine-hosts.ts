/**
 * Engine hosts that told one of the gateways where they are, so that all of them ask there. Of no tenant, and reached
 * by two functions alone. A row outlives its host for ten minutes: what was said before cannot be said again meanwhile,
 * and a registration is believed for one minute only.
 */
export const ENGINE_HOST_TABLES = `
create table inference_engine_host (
  address text not null constraint inference_engine_host_address_check check (length(address) <= 300),
  said_at bigint not null,
  seen_at timestamptz not null default clock_timestamp(),
  leaving boolean not null,
  constraint inference_engine_host_pkey primary key (address)
);

-- False where something as late or later was heard of this address before.
create function inference_host_say(host text, said bigint, leaves boolean)
  returns boolean
  language plpgsql security definer set search_path = pg_catalog, public
as $$
begin
  delete from public.inference_engine_host h where h.seen_at < clock_timestamp() - interval '10 minutes';
  if (select count(*) from public.inference_engine_host h where h.address <> host) >= 64 then
    raise exception 'too many engine hosts';
  end if;
  insert into public.inference_engine_host as h (address, said_at, leaving) values (host, said, leaves)
  on conflict on constraint inference_engine_host_pkey
  do update set said_at = excluded.said_at, leaving = excluded.leaving, seen_at = clock_timestamp()
     where h.said_at < excluded.said_at;
  return found;
end $$;

create function inference_hosts(lapse_ms integer)
  returns table (address text)
  language sql stable security definer set search_path = pg_catalog, public
as $$
  select h.address from public.inference_engine_host h
   where not h.leaving and h.seen_at >= clock_timestamp() - make_interval(secs => greatest(lapse_ms, 100) / 1000.0)
   order by h.address
$$;

revoke execute on function inference_host_say(text, bigint, boolean), inference_hosts(integer) from public;
do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant execute on function inference_host_say(text, bigint, boolean), inference_hosts(integer) to %I', app);
  execute format('revoke all on inference_engine_host from %I', app);
end $$;
`;

export const WITHOUT_ENGINE_HOST_TABLES = `
drop function inference_hosts(integer);
drop function inference_host_say(text, bigint, boolean);
drop table inference_engine_host;
`;
