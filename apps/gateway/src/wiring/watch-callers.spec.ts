import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Caller } from '@lorekeep/kit/context';
import type { Logger } from '@lorekeep/kit/telemetry';
import { WatchCallers } from './watch-callers.js';

const [A, B] = ['tenant-a', 'tenant-b'];
const by = (credential: Partial<Pick<Caller, 'sessionId' | 'keyId'>>) =>
  ({ sessionId: null, keyId: null, ...credential }) as Caller;

describe('WatchCallers', () => {
  let ended: string[];
  let asked: [string, readonly string[]][];
  let away: boolean;
  let warned: number;
  let watch: WatchCallers;

  beforeEach(() => {
    [ended, asked, away, warned] = [[], [], false, 0];
    const standing = (tenantId: string, ids: readonly string[]) => {
      asked.push([tenantId, ids]);
      if (away && tenantId === A) return Promise.reject(new Error('away'));
      return Promise.resolve(new Set(ids.filter((id) => !ended.includes(id))));
    };
    watch = new WatchCallers({ standing }, { warn: () => (warned += 1) } as unknown as Logger);
  });
  afterEach(() => watch.onApplicationShutdown());

  function open(tenantId: string, caller: Caller) {
    const controller = new AbortController();
    return { signal: controller.signal, forget: watch.watch(tenantId, caller, controller) };
  }

  it('lets go whose key or session was ended, and nobody else', async () => {
    const [one, same] = [open(A, by({ keyId: 'k1' })), open(A, by({ keyId: 'k1' }))];
    const [page, other] = [open(A, by({ sessionId: 's1' })), open(B, by({ keyId: 'k2' }))];
    await watch.look();
    ended = ['k1', 's1'];
    expect([one, same, page, other].map(({ signal }) => signal.aborted)).toEqual(Array(4).fill(false));
    await watch.look();
    expect([one, same, page, other].map(({ signal }) => signal.aborted)).toEqual([true, true, true, false]);
    expect(one.signal.reason).toMatchObject({ code: 'AUTH_WITHDRAWN', status: 401 });
  });

  it('asks once a tenant, only for those who are still there', async () => {
    const [one, two, gone] = [
      open(A, by({ keyId: 'k1' })),
      open(A, by({ sessionId: 's1' })),
      open(B, by({ keyId: 'k2' })),
    ];
    gone.forget();
    await watch.look();
    expect(asked).toEqual([[A, ['k1', 's1']]]);
    one.forget();
    two.forget();
    await watch.look();
    expect(asked).toHaveLength(1);
  });

  it('a look that fails ends nobody, keeps no other tenant waiting, and is made again', async () => {
    const [one, other] = [open(A, by({ keyId: 'k1' })), open(B, by({ keyId: 'k2' }))];
    [away, ended] = [true, ['k1', 'k2']];
    await watch.look();
    expect([one.signal.aborted, other.signal.aborted, warned]).toEqual([false, true, 1]);
    away = false;
    await watch.look();
    expect(one.signal.aborted).toBe(true);
  });
});
