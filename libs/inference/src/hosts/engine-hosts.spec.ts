import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { CLOCKS_APART_MS, proveHost, type Registration } from '@lorekeep/kit/registration';
import { EngineHosts } from './engine-hosts.js';

const KEY = 'k'.repeat(32);
const HOUR = 3_600_000;
const MINUTES = 10 * 60_000;

describe('registrations of engine hosts', () => {
  function open() {
    const clock = new ManualClock();
    const right = clock.now();
    const board = { say: () => Promise.resolve(true), present: () => Promise.resolve([]) };
    const hosts = new EngineHosts(board, KEY, clock);
    const register = (at: number) => {
      const said: Registration = { address: 'https://gpu-1:8090', at, nonce: 'n', leaving: false };
      return hosts.register(said, proveHost(KEY, said));
    };
    return { clock, right, register };
  }
  const refused = expect.objectContaining({ status: 401, code: 'ENGINE_HOST_REFUSED' });

  it.each([
    ['ahead', HOUR],
    ['back', -HOUR],
  ])("the gateway's clock set an hour %s refuses no host whose own is right", async (_, hour) => {
    const { clock, right, register } = open();
    clock.jump(hour);
    clock.advance(MINUTES);
    await expect(register(right + MINUTES)).resolves.toMatchObject({ lapseSeconds: 10 });
    await expect(register(right + MINUTES - CLOCKS_APART_MS - 1)).rejects.toEqual(refused);
  });

  it('a gateway that was started with a wrong clock believes right ones as soon as it is set', async () => {
    const { clock, right, register } = open();
    await expect(register(right + HOUR)).rejects.toEqual(refused);
    clock.jump(HOUR);
    await expect(register(right + HOUR)).resolves.toMatchObject({ lapseSeconds: 10 });
  });

  it('what was said over a minute ago is not believed', async () => {
    const { clock, right, register } = open();
    clock.advance(CLOCKS_APART_MS);
    await expect(register(right)).resolves.toBeDefined();
    clock.advance(1);
    await expect(register(right)).rejects.toEqual(refused);
  });
});
