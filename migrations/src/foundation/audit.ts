export const AUDIT = `
-- Append only. Every record carries the hash of the one before it in its tenant's chain.
create table audit_record (
  tenant_id uuid not null references tenant (id),
  sequence bigint not null,
  id uuid not null unique,
  recorded_at timestamptz not null,
  -- question.opened, question.closed, sign-in.succeeded, document.read, admin.user.created …
  kind text not null,
  trace_id text,
  actor_id uuid,
  actor text not null,
  outcome text,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (tenant_id, sequence)
);
create index audit_record_time on audit_record (tenant_id, recorded_at);
create index audit_record_trace on audit_record (tenant_id, trace_id);
create index audit_record_actor on audit_record (tenant_id, actor_id, recorded_at);
create index audit_record_kind on audit_record (tenant_id, kind, recorded_at);

-- Where each chain ends: locked by every append, so that sequences have no gap and no fork.
create table audit_head (
  tenant_id uuid primary key references tenant (id),
  sequence bigint not null,
  hash bytea not null
);
`;
