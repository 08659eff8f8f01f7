/**
 * Order of locks, the same in every function, so that none can wait in a circle:
 * reservations, then policies by (kind, id), then usage rows by (kind, id, measure).
 */
export const QUOTA_FUNCTIONS = `
alter table quota_reservation
  -- the subjects whose tokens row holds this reservation: what settling gives back, whatever became of the policies
  add column token_subjects uuid[] not null default '{}',
  -- set when it expired and its tokens were given back; kept for a day so that a late settlement is still charged
  add column released_at timestamptz;

-- For quota_expire, which removes the minutes that have passed.
create index quota_usage_minutes on quota_usage (tenant_id, window_start) where measure = 'requests';

-- All policies of the caller admit, or nothing is taken. Locks their rows, so that competing calls decide one after
-- another; every statement after that sees what earlier holders committed (read committed).
create function quota_reserve(caller uuid, caller_groups uuid[], wanted bigint, max_seconds integer, moment timestamptz)
returns jsonb language plpgsql as $$
declare
  tenant constant uuid := app_tenant();
  policies quota_policy[];
  policy quota_policy;
  subject uuid;
  at timestamptz;
  minute timestamptz;
  day timestamptz;
  taken bigint;
  returns_at timestamptz;
  refusal jsonb;
  refusal_rank integer := 0;
  token_subjects uuid[] := '{}';
  counts_concurrency boolean := false;
  reservation uuid;
begin
  if tenant is null or wanted is null or wanted < 0 or max_seconds is null or max_seconds < 1 then
    raise exception 'quota_reserve: invalid argument' using errcode = 'invalid_parameter_value';
  end if;

  select array_agg(locked) into policies from (
    select p from quota_policy p
     where p.tenant_id = tenant
       and (p.subject_kind = 'tenant'
            or (p.subject_kind = 'group' and p.subject_id = any (caller_groups))
            or (p.subject_kind = 'user' and p.subject_id = caller))
     order by p.subject_kind, p.subject_id
       for no key update) found (locked);
  if policies is null then
    return jsonb_build_object('admitted', true, 'limited', false, 'reservation', null);
  end if;

  -- Read after the locks are held: a call that waited belongs to the window in which it is admitted.
  at := coalesce(moment, clock_timestamp());
  minute := date_trunc('minute', at, 'UTC');
  day := date_trunc('day', at, 'UTC');

  foreach policy in array policies loop
    subject := coalesce(policy.subject_id, tenant);
    if policy.tokens_per_day is not null and refusal_rank < 3 then
      select coalesce(sum(u.used + u.reserved), 0) into taken from quota_usage u
       where u.tenant_id = tenant and u.subject_kind = policy.subject_kind and u.subject_id = subject
         and u.measure = 'tokens' and u.window_start = day;
      if taken + wanted > policy.tokens_per_day then
        refusal_rank := 3;
        refusal := jsonb_build_object('measure', 'tokens', 'subject', policy.subject_kind, 'limit', policy.tokens_per_day,
          'used', taken, 'resetsAt', day + interval '1 day');
      end if;
    end if;
    if policy.requests_per_minute is not null and refusal_rank < 2 then
      select coalesce(sum(u.used), 0) into taken from quota_usage u
       where u.tenant_id = tenant and u.subject_kind = policy.subject_kind and u.subject_id = subject
         and u.measure = 'requests' and u.window_start = minute;
      if taken + 1 > policy.requests_per_minute then
        refusal_rank := 2;
        refusal := jsonb_build_object('measure', 'requests', 'subject', policy.subject_kind,
          'limit', policy.requests_per_minute, 'used', taken, 'resetsAt', minute + interval '1 minute');
      end if;
    end if;
    if policy.concurrent_questions is not null and refusal_rank < 1 then
      select count(*), min(r.expires_at) into taken, returns_at from quota_reservation r
       where r.tenant_id = tenant and r.expires_at > at
         and (policy.subject_kind = 'tenant'
              or (policy.subject_kind = 'group' and r.group_ids @> array[subject])
              or (policy.subject_kind = 'user' and r.user_id = subject));
      if taken + 1 > policy.concurrent_questions then
        refusal_rank := 1;
        refusal := jsonb_build_object('measure', 'concurrent', 'subject', policy.subject_kind,
          'limit', policy.concurrent_questions, 'used', taken, 'resetsAt', returns_at);
      end if;
    end if;
  end loop;
  if refusal is not null then
    return jsonb_build_object('admitted', false, 'limited', true, 'at', at) || refusal;
  end if;

  foreach policy in array policies loop
    subject := coalesce(policy.subject_id, tenant);
    counts_concurrency := counts_concurrency or policy.concurrent_questions is not null;
    if policy.requests_per_minute is not null then
      insert into quota_usage as u (tenant_id, subject_kind, subject_id, measure, window_start, used)
        values (tenant, policy.subject_kind, subject, 'requests', minute, 1)
        on conflict (tenant_id, subject_kind, subject_id, measure, window_start) do update set used = u.used + 1;
    end if;
    if policy.tokens_per_day is not null then
      insert into quota_usage as u (tenant_id, subject_kind, subject_id, measure, window_start, reserved)
        values (tenant, policy.subject_kind, subject, 'tokens', day, wanted)
        on conflict (tenant_id, subject_kind, subject_id, measure, window_start)
          do update set reserved = u.reserved + wanted;
      token_subjects := token_subjects || subject;
    end if;
  end loop;
  if counts_concurrency or token_subjects <> '{}' then
    insert into quota_reservation (tenant_id, user_id, group_ids, tokens, token_subjects, window_day, created_at, expires_at)
      values (tenant, caller, caller_groups, wanted, token_subjects, day, at, at + make_interval(secs => max_seconds))
      returning id into reservation;
  end if;
  return jsonb_build_object('admitted', true, 'limited', true, 'reservation', reservation);
end $$;

-- Charges what was really used, to the day on which it was admitted. False when it was settled before.
create function quota_settle(reservation uuid, spent bigint) returns boolean language plpgsql as $$
declare
  held quota_reservation;
begin
  if spent is null or spent < 0 then
    raise exception 'quota_settle: invalid argument' using errcode = 'invalid_parameter_value';
  end if;
  delete from quota_reservation r where r.id = reservation and r.tenant_id = app_tenant() returning * into held;
  if not found then
    return false;
  end if;
  perform 1 from quota_usage u
    where u.tenant_id = held.tenant_id and u.subject_kind in ('group', 'tenant', 'user')
      and u.subject_id = any (held.token_subjects) and u.measure = 'tokens' and u.window_start = held.window_day
    order by u.subject_kind, u.subject_id for no key update;
  update quota_usage u
     set used = u.used + spent,
         reserved = greatest(0, u.reserved - case when held.released_at is null then held.tokens else 0 end)
   where u.tenant_id = held.tenant_id and u.subject_kind in ('group', 'tenant', 'user')
     and u.subject_id = any (held.token_subjects) and u.measure = 'tokens' and u.window_start = held.window_day;
  return true;
end $$;

-- Gives back what abandoned reservations of the tenant hold, at most as many as told; returns how many there were.
-- Old counters and old released reservations go as well.
create function quota_expire(at_most integer, moment timestamptz) returns integer language plpgsql as $$
declare
  tenant constant uuid := app_tenant();
  at constant timestamptz := coalesce(moment, clock_timestamp());
  expired uuid[];
begin
  select coalesce(array_agg(locked), '{}') into expired from (
    select r.id from quota_reservation r
     where r.tenant_id = tenant and r.expires_at <= at and r.released_at is null
     order by r.expires_at limit at_most for update skip locked) found (locked);
  perform 1 from quota_usage u
    where u.tenant_id = tenant and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
      and (u.subject_id, u.window_start) in (
        select unnest(r.token_subjects), r.window_day from quota_reservation r where r.id = any (expired))
    order by u.subject_kind, u.subject_id, u.window_start for no key update;
  update quota_usage u set reserved = greatest(0, u.reserved - given.tokens)
    from (select held.subject, r.window_day, sum(r.tokens) as tokens
            from quota_reservation r, unnest(r.token_subjects) held (subject)
           where r.id = any (expired) group by held.subject, r.window_day) given
   where u.tenant_id = tenant and u.subject_kind in ('group', 'tenant', 'user') and u.measure = 'tokens'
     and u.subject_id = given.subject and u.window_start = given.window_day;
  update quota_reservation r set released_at = at where r.id = any (expired);
  delete from quota_reservation r
   where r.tenant_id = tenant and r.expires_at <= at - interval '1 day' and r.released_at <= at - interval '1 day';
  delete from quota_usage u
   where u.tenant_id = tenant and u.measure = 'requests' and u.window_start < at - interval '1 hour';
  return cardinality(expired);
end $$;

do $$
declare app text := coalesce(nullif(current_setting('lorekeep.app_role', true), ''), 'lorekeep_app');
begin
  revoke execute on function quota_reserve, quota_settle, quota_expire from public;
  execute format('grant execute on function quota_reserve, quota_settle, quota_expire to %I', app);
end $$;
`;
