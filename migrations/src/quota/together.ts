const RESERVE = 'quota_reserve(uuid[], text[], bigint[], integer[], timestamptz)';
const SETTLE = 'quota_settle(uuid[], bigint[])';

/**
 * Questions that come together are decided in one call, in their order, and settled in one: their tenant's rows are
 * locked, read and written once. The order of locks is that of functions.ts: reservations, policies by (kind, id), usage
 * rows by (kind, id, measure). The functions of one question stay for gateways that are replaced one after the other.
 */
export const TOGETHER = `
-- One element of each list for a question; groups as the text of an array. All policies of a caller admit, or nothing is
-- taken for that question. Every statement after the first sees what earlier holders of the locks committed (read
-- committed); what the call itself takes is counted along.
create function quota_reserve(callers uuid[], caller_groups text[], wanted bigint[], max_seconds integer[], moment timestamptz)
returns jsonb language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  tenant constant uuid := app_tenant();
  questions constant integer := cardinality(callers);
  groups uuid[] := '{}';
  -- of the policies, in the order of their locks
  kinds text[];
  subjects uuid[];
  request_limits integer[];
  token_limits bigint[];
  running_limits integer[];
  requests bigint[];
  tokens bigint[];
  running bigint[];
  ends timestamptz[];
  requests_taken bigint[];
  tokens_taken bigint[];
  -- of the questions
  reservations uuid[] := array_fill(null::uuid, array[questions]);
  held_subjects text[] := array_fill(null::text, array[questions]);
  decisions jsonb := '[]';
  -- of one question
  own integer[];
  refusal jsonb;
  refusal_rank integer;
  token_subjects uuid[];
  counts_concurrency boolean;
  k integer;
  at timestamptz;
  minute timestamptz;
  day timestamptz;
begin
  if tenant is null or wanted is null or array_position(wanted, null) is not null or 0 > any (wanted)
     or max_seconds is null or array_position(max_seconds, null) is not null or 1 > any (max_seconds)
     or (cardinality(caller_groups) = questions and cardinality(wanted) = questions
         and cardinality(max_seconds) = questions) is not true then
    raise exception 'quota_reserve: invalid argument' using errcode = 'invalid_parameter_value';
  end if;

  for n in 1 .. questions loop
    groups := groups || caller_groups[n]::uuid[];
  end loop;
  select array_agg(p.subject_kind), array_agg(coalesce(p.subject_id, tenant)), array_agg(p.requests_per_minute),
         array_agg(p.tokens_per_day), array_agg(p.concurrent_questions)
    into kinds, subjects, request_limits, token_limits, running_limits
    from (select * from quota_policy p
           where p.tenant_id = tenant
             and (p.subject_kind = 'tenant'
                  or (p.subject_kind = 'group' and p.subject_id = any (groups))
                  or (p.subject_kind = 'user' and p.subject_id = any (callers)))
           order by p.subject_kind, p.subject_id
             for no key update) p;

  -- Read after the locks are held: a call that waited belongs to the window in which it is admitted.
  at := coalesce(moment, clock_timestamp());
  minute := date_trunc('minute', at, 'UTC');
  day := date_trunc('day', at, 'UTC');
  if kinds is not null then
    select array_agg(coalesce(m.used, 0) order by p.n), array_agg(coalesce(d.used + d.reserved, 0) order by p.n),
           array_agg(r.count order by p.n), array_agg(r.ends order by p.n)
      into requests, tokens, running, ends
      from unnest(kinds, subjects, running_limits) with ordinality p (kind, subject, running_limit, n)
      left join quota_usage m on m.tenant_id = tenant and m.subject_kind = p.kind and m.subject_id = p.subject
            and m.measure = 'requests' and m.window_start = minute
      left join quota_usage d on d.tenant_id = tenant and d.subject_kind = p.kind and d.subject_id = p.subject
            and d.measure = 'tokens' and d.window_start = day
     cross join lateral (
           select count(*), min(r.expires_at) as ends from quota_reservation r
            where p.running_limit is not null and r.tenant_id = tenant and r.expires_at > at
              and (p.kind = 'tenant'
                   or (p.kind = 'group' and r.group_ids @> array[p.subject])
                   or (p.kind = 'user' and r.user_id = p.subject))) r;
    requests_taken := array_fill(null::bigint, array[cardinality(kinds)]);
    tokens_taken := requests_taken;
  end if;

  for n in 1 .. questions loop
    groups := caller_groups[n]::uuid[];
    own := '{}';
    refusal := null;
    refusal_rank := 0;
    for k in 1 .. coalesce(cardinality(kinds), 0) loop
      continue when (kinds[k] = 'user' and subjects[k] is distinct from callers[n])
                 or (kinds[k] = 'group' and (subjects[k] = any (groups)) is not true);
      own := own || k;
      if refusal_rank < 3 and tokens[k] + wanted[n] > token_limits[k] then
        refusal_rank := 3;
        refusal := jsonb_build_object('measure', 'tokens', 'subject', kinds[k], 'limit', token_limits[k],
          'used', tokens[k], 'resetsAt', day + interval '1 day');
      end if;
      if refusal_rank < 2 and requests[k] + 1 > request_limits[k] then
        refusal_rank := 2;
        refusal := jsonb_build_object('measure', 'requests', 'subject', kinds[k], 'limit', request_limits[k],
          'used', requests[k], 'resetsAt', minute + interval '1 minute');
      end if;
      if refusal_rank < 1 and running[k] + 1 > running_limits[k] then
        refusal_rank := 1;
        refusal := jsonb_build_object('measure', 'concurrent', 'subject', kinds[k], 'limit', running_limits[k],
          'used', running[k], 'resetsAt', ends[k]);
      end if;
    end loop;
    if refusal is not null then
      decisions := decisions || (jsonb_build_object('admitted', false, 'limited', true, 'at', at) || refusal);
      continue;
    end if;

    token_subjects := '{}';
    counts_concurrency := false;
    foreach k in array own loop
      if request_limits[k] is not null then
        requests[k] := requests[k] + 1;
        requests_taken[k] := coalesce(requests_taken[k], 0) + 1;
      end if;
      if token_limits[k] is not null then
        tokens[k] := tokens[k] + wanted[n];
        tokens_taken[k] := coalesce(tokens_taken[k], 0) + wanted[n];
        token_subjects := token_subjects || subjects[k];
      end if;
      counts_concurrency := counts_concurrency or running_limits[k] is not null;
    end loop;
    if counts_concurrency or token_subjects <> '{}' then
      reservations[n] := gen_random_uuid();
      held_subjects[n] := token_subjects;
      -- It runs for every policy of its caller, and for no other.
      foreach k in array own loop
        running[k] := running[k] + 1;
        ends[k] := least(ends[k], at + make_interval(secs => max_seconds[n]));
      end loop;
    end if;
    decisions := decisions || jsonb_build_object('admitted', true, 'limited', own <> '{}', 'reservation', reservations[n]);
  end loop;

  if kinds is not null then
    insert into quota_usage as u (tenant_id, subject_kind, subject_id, measure, window_start, used, reserved)
      select tenant, taken.kind, taken.subject, taken.measure, taken.window_start, taken.used, taken.reserved
        from (select p.kind, p.subject, 'requests' as measure, minute as window_start, p.requests as used, 0 as reserved
                from unnest(kinds, subjects, requests_taken) p (kind, subject, requests) where p.requests is not null
              union all
              select p.kind, p.subject, 'tokens', day, 0, p.tokens
                from unnest(kinds, subjects, tokens_taken) p (kind, subject, tokens) where p.tokens is not null) taken
       order by taken.kind, taken.subject, taken.measure
      on conflict (tenant_id, subject_kind, subject_id, measure, window_start)
        do update set used = u.used + excluded.used, reserved = u.reserved + excluded.reserved;
    insert into quota_reservation (id, tenant_id, user_id, group_ids, tokens, token_subjects, window_day, created_at, expires_at)
      select q.id, tenant, q.caller, q.groups::uuid[], q.tokens, q.subjects::uuid[], day, at, at + make_interval(secs => q.seconds)
        from unnest(reservations, callers, caller_groups, wanted, held_subjects, max_seconds)
               q (id, caller, groups, tokens, subjects, seconds)
       where q.id is not null;
  end if;
  return decisions;
end $$;

-- Charges what was really used, to the day on which it was admitted. False for what was settled before.
create function quota_settle(reservations uuid[], spent bigint[]) returns boolean[] language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  gone uuid[];
  -- of the rows that hold what is settled
  subjects uuid[];
  days timestamptz[];
  charged bigint[];
  freed bigint[];
begin
  if (cardinality(reservations) = cardinality(spent)) is not true
     or array_position(spent, null) is not null or 0 > any (spent) then
    raise exception 'quota_settle: invalid argument' using errcode = 'invalid_parameter_value';
  end if;
  with held as (
    delete from quota_reservation r where r.id = any (reservations) and r.tenant_id = app_tenant() returning r.*
  ), told as (
    select distinct on (t.id) t.id, t.tokens from unnest(reservations, spent) with ordinality t (id, tokens, n)
     order by t.id, t.n
  ), owed as (
    select s.subject, h.window_day, sum(t.tokens)::bigint as charged,
           sum(case when h.released_at is null then h.tokens else 0 end)::bigint as freed
      from held h join told t on t.id = h.id, unnest(h.token_subjects) s (subject)
     group by s.subject, h.window_day
  )
  select (select array_agg(h.id) from held h), array_agg(o.subject), array_agg(o.window_day), array_agg(o.charged), array_agg(o.freed)
    into gone, subjects, days, charged, freed from owed o;
  if cardinality(subjects) > 1 then
    perform 1 from quota_usage u
      where u.tenant_id = app_tenant() and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
        and (u.subject_id, u.window_start) in (select * from unnest(subjects, days))
      order by u.subject_kind, u.subject_id, u.window_start for no key update;
  end if;
  update quota_usage u
     set used = u.used + o.charged, reserved = greatest(0, u.reserved - o.freed)
    from unnest(subjects, days, charged, freed) o (subject, day, charged, freed)
   where u.tenant_id = app_tenant() and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
     and u.subject_id = o.subject and u.window_start = o.day;
  return array(select (t.id = any (gone)) is true and array_position(reservations, t.id) = t.n
                 from unnest(reservations) with ordinality t (id, n) order by t.n);
end $$;

do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  revoke execute on function ${RESERVE}, ${SETTLE} from public;
  execute format('grant execute on function ${RESERVE}, ${SETTLE} to %I', app);
end $$;
`;

export const APART = `drop function ${RESERVE}, ${SETTLE};`;
