import { randomUUID } from 'node:crypto';
import type { CallContext } from '@lorekeep/kit/context';
import { isUuid } from '@lorekeep/kit/sql';
import { AuditFault } from '../audit.errors.js';
import { storableJson, storableText, type JsonObject } from '../json.js';

export interface AuditEvent {
  /** `question.opened`, `sign-in.failed`, `document.read`, `admin.user.created` … */
  kind: string;
  /** `answered`, `refused`, `failed` … */
  outcome?: string;
  detail: JsonObject;
  /** Instead of the caller, for example who tried to sign in. */
  actor?: { id: string | null; name: string };
}

/** Bytes of one record's detail: a question of 100 kB and its answer fit several times. */
export const DETAIL_MAX_BYTES = 1024 * 1024;
const KIND = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){1,4}$/;
const KIND_MAX = 64;
const OUTCOME_MAX = 64;
const TRACE_MAX = 64;
/** The longest e-mail address. */
const ACTOR_MAX = 320;

/**
 * JSON text of one element of audit_append's argument. The caller's kind, key and session are added as `caller`.
 * Throws AuditFault AUDIT_RECORD_INVALID: one bad record must not fail the others of its batch.
 */
export function describeRecord(ctx: CallContext, event: AuditEvent): string {
  const actorId = event.actor ? event.actor.id : ctx.caller.userId;
  if (event.kind.length > KIND_MAX || !KIND.test(event.kind)) throw invalid(`kind ${event.kind}`);
  if (actorId !== null && !isUuid(actorId)) throw invalid('actor id');
  if (event.outcome !== undefined && event.outcome.length > OUTCOME_MAX) throw invalid('outcome');
  const { kind, keyId, sessionId } = ctx.caller;
  const detail = detailText({ caller: { kind, keyId, sessionId }, ...event.detail });
  const name = event.actor ? event.actor.name : (ctx.caller.email ?? ctx.caller.displayName);
  const head = JSON.stringify({
    id: randomUUID(),
    kind: event.kind,
    traceId: storableText(ctx.traceId.slice(0, TRACE_MAX)),
    actorId,
    actor: storableText(name.slice(0, ACTOR_MAX)),
    outcome: event.outcome === undefined ? null : storableText(event.outcome),
  });
  return `${head.slice(0, -1)},"detail":${detail}}`;
}

function detailText(detail: JsonObject): string {
  let text: string;
  try {
    text = storableJson(detail);
  } catch (cause) {
    throw new AuditFault('AUDIT_RECORD_INVALID', cause);
  }
  if (Buffer.byteLength(text) > DETAIL_MAX_BYTES)
    throw invalid(`detail of more than ${DETAIL_MAX_BYTES} bytes`);
  return text;
}

function invalid(what: string): AuditFault {
  return new AuditFault('AUDIT_RECORD_INVALID', new Error(`not a valid audit record: ${what}`));
}
