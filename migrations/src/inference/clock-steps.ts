/**
 * A clock that is set back leaves rows of a time to come. Of an engine host: what gateways believe now is within a
 * minute of them, so that a row more than two minutes later was said by a clock that has been set since, and holds
 * nobody off. Of a gateway: whoever is there writes each second, so that a row of the future is of one that has gone.
 */
const say = (more: string) => `
create or replace function inference_host_say(host text, said bigint, leaves boolean)
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
     where h.said_at < excluded.said_at${more};
  return found;
end $$;
`;

const beat = (more: string) => `
create or replace function inference_beat(gateway uuid, beats jsonb, lapse_ms integer)
  returns table (gateway_id uuid, engine text, running integer, waiting integer)
  language plpgsql security definer set search_path = pg_catalog, public
as $$
#variable_conflict use_column
declare cut timestamptz := clock_timestamp() - make_interval(secs => greatest(lapse_ms, 100) / 1000.0);
begin
  if jsonb_array_length(beats) > 64 then
    raise exception 'too many engines';
  end if;
  delete from public.inference_heartbeat h
   where h.beat_at < cut${more}
      or (h.gateway_id = gateway and not exists (select from jsonb_array_elements(beats) b where b ->> 'engine' = h.engine));
  insert into public.inference_heartbeat (gateway_id, engine, running, waiting)
  select gateway, b ->> 'engine', (b ->> 'running')::integer, (b ->> 'waiting')::integer from jsonb_array_elements(beats) b
  on conflict on constraint inference_heartbeat_pkey
  do update set running = excluded.running, waiting = excluded.waiting, beat_at = clock_timestamp();
  return query select h.gateway_id, h.engine, h.running, h.waiting from public.inference_heartbeat h where h.gateway_id <> gateway;
end $$;
`;

export const CLOCK_STEPS =
  say(' or h.said_at > excluded.said_at + 120000') +
  beat(` or h.beat_at > clock_timestamp() + interval '1 second'`);
export const WITHOUT_CLOCK_STEPS = say('') + beat('');
