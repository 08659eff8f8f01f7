import { PERMISSIONS, type Permission, type Role } from '@lorekeep/contracts/vocabulary';

export { PERMISSIONS, ROLES, type Permission, type Role } from '@lorekeep/contracts/vocabulary';

/** Everything that a verb may need to know about the call: who, for which tenant, until when. */
export interface CallContext {
  readonly tenantId: string;
  readonly caller: Caller;
  /** 32 hex digits (W3C trace id); shown to the caller as the reference of an answer or an error. */
  readonly traceId: string;
  /**
   * A reading of `clock.monotonic()`, so that a clock that is set ends no call; work that would end later is not begun.
   * Of this thread alone: another one is told the milliseconds that are left.
   */
  readonly deadline: number;
  /** Aborted when the caller goes away or the deadline passes. */
  readonly signal: AbortSignal;
}

export interface Caller {
  /** `user` by session, `key` by API key, `system` for jobs and the command line. */
  readonly kind: 'user' | 'key' | 'system';
  readonly userId: string | null;
  readonly displayName: string;
  readonly email: string | null;
  /** The language in which this person is spoken to: the chosen one, else that of the request. */
  readonly locale: 'en' | 'zh';
  /** False where the account has chosen no language. */
  readonly localeChosen?: boolean;
  readonly roles: readonly Role[];
  readonly groupIds: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  readonly sessionId: string | null;
  readonly keyId: string | null;
  /** True until the person has changed an initial password: only `account` routes answer. */
  readonly mustChangePassword: boolean;
}

/**
 * The names under which documents are granted: `everyone`, `user:<id>`, `group:<id>`.
 * They reach the database's row security as `app.principals`.
 */
export function principalsOf(caller: Caller): string[] {
  const names = ['everyone'];
  if (caller.userId) names.push(`user:${caller.userId}`);
  for (const id of caller.groupIds) names.push(`group:${id}`);
  return names;
}

const HEX = '0123456789abcdef';

const ID_BYTES = 16;
/** Fetched for many ids at once: asking for them costs more than making the text. */
const random = new Uint8Array(ID_BYTES * 256);
let used = random.length;

/** 16 random bytes as 32 hex digits. */
export function newTraceId(): string {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  let id = '';
  for (let at = used; at < used + ID_BYTES; at += 1) {
    const byte = random[at] ?? 0;
    id += HEX.charAt(byte >> 4) + HEX.charAt(byte & 15);
  }
  used += ID_BYTES;
  return id;
}

/** A context for jobs and the command line: no person, all rights of the system inside one tenant. */
export function systemContext(
  tenantId: string,
  options: { traceId?: string; signal?: AbortSignal } = {},
): CallContext {
  return {
    tenantId,
    traceId: options.traceId ?? newTraceId(),
    deadline: Number.MAX_SAFE_INTEGER,
    signal: options.signal ?? new AbortController().signal,
    caller: {
      kind: 'system',
      userId: null,
      displayName: 'Lorekeep',
      email: null,
      locale: 'en',
      roles: [],
      groupIds: [],
      permissions: new Set(PERMISSIONS),
      sessionId: null,
      keyId: null,
      mustChangePassword: false,
    },
  };
}
