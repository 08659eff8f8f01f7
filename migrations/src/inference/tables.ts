/**
 * What each gateway has on each model server, so that they share its capacity. The rows belong to no tenant, so the
 * application's role may not touch them: it says what it has and hears what the others have, in one call.
 */
export const INFERENCE_TABLES = `
create table inference_heartbeat (
  gateway_id uuid not null,
  engine text not null constraint inference_heartbeat_engine_check check (length(engine) <= 400),
  running integer not null,
  waiting integer not null,
  beat_at timestamptz not null default clock_timestamp(),
  constraint inference_heartbeat_pkey primary key (gateway_id, engine),
  constraint inference_heartbeat_counts_check check (running >= 0 and waiting >= 0)
);

-- Replaces the rows of one gateway, drops what has lapsed, and gives out the rows of the others.
create function inference_beat(gateway uuid, beats jsonb, lapse_ms integer)
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
   where h.beat_at < cut
      or (h.gateway_id = gateway and not exists (select from jsonb_array_elements(beats) b where b ->> 'engine' = h.engine));
  insert into public.inference_heartbeat (gateway_id, engine, running, waiting)
  select gateway, b ->> 'engine', (b ->> 'running')::integer, (b ->> 'waiting')::integer from jsonb_array_elements(beats) b
  on conflict on constraint inference_heartbeat_pkey
  do update set running = excluded.running, waiting = excluded.waiting, beat_at = clock_timestamp();
  return query select h.gateway_id, h.engine, h.running, h.waiting from public.inference_heartbeat h where h.gateway_id <> gateway;
end $$;

revoke execute on function inference_beat(uuid, jsonb, integer) from public;
do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  execute format('grant execute on function inference_beat(uuid, jsonb, integer) to %I', app);
  execute format('revoke all on inference_heartbeat from %I', app);
end $$;
`;

export const WITHOUT_INFERENCE_TABLES = `
drop function inference_beat(uuid, jsonb, integer);
drop table inference_heartbeat;
`;
