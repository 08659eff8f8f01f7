import type { Audit, JsonObject } from '@lorekeep/audit';
import type { CallContext } from '@lorekeep/kit/context';
import { Fault } from '@lorekeep/kit/errors';
import { userInfo } from 'node:os';

export type RecordAct = <T>(
  ctx: CallContext,
  kind: string,
  detail: JsonObject,
  work: () => Promise<T>,
) => Promise<T>;

/** Administrative acts of the command line in the audit, as the gateway records its own: intention, then outcome. */
export function recordActs(audit: Audit): RecordAct {
  const actor = { id: null, name: `command line (${systemUser()})` };
  return async (ctx, kind, detail, work) => {
    await audit.append(ctx, { kind, outcome: 'begun', detail, actor });
    try {
      const result = await work();
      await audit.append(ctx, { kind, outcome: 'done', detail, actor });
      return result;
    } catch (cause) {
      const code = cause instanceof Fault ? cause.code : 'UNEXPECTED';
      await audit.append(ctx, { kind, outcome: 'failed', detail: { ...detail, code }, actor });
      throw cause;
    }
  };
}

/** A user id without an entry in the system's list has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
