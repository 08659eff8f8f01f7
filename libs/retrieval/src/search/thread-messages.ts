import type { CallContext } from '@lorekeep/kit/context';
import type { SearchOptions, SearchQuery, SearchResult } from '../search-passages.js';

/** What the thread is given at its start. */
export interface ThreadOptions extends SearchOptions {
  /** postgres://… of the application's role. */
  readonly url: string;
  readonly connections: number;
  readonly applicationName: string;
}

/** Who asks, in what can be sent to a thread. */
export interface Asker {
  readonly tenantId: string;
  readonly traceId: string;
  readonly userId: string | null;
  readonly groupIds: readonly string[];
}

export type ThreadRequest =
  | {
      readonly kind: 'search';
      readonly id: number;
      readonly asker: Asker;
      readonly query: SearchQuery;
      /** Milliseconds that are left. */
      readonly timeoutMs: number;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'close' };

export type ThreadReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'found'; readonly id: number; readonly result: SearchResult }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

export function askerOf(ctx: CallContext): Asker {
  const { userId, groupIds } = ctx.caller;
  return { tenantId: ctx.tenantId, traceId: ctx.traceId, userId, groupIds: [...groupIds] };
}

/** A context with the asker's principals and no other rights. */
export function contextOf(asker: Asker, deadline: number, signal: AbortSignal): CallContext {
  const { tenantId, traceId, userId, groupIds } = asker;
  return {
    tenantId,
    traceId,
    deadline,
    signal,
    caller: {
      kind: userId ? 'user' : 'system',
      userId,
      displayName: '',
      email: null,
      locale: 'en',
      roles: [],
      groupIds,
      permissions: new Set(),
      sessionId: null,
      keyId: null,
      mustChangePassword: false,
    },
  };
}
