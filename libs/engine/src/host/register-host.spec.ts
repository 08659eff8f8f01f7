import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, systemClock, type Clock } from '@lorekeep/kit/clock';
import {
  CLOCKS_APART_MS,
  isSameProof,
  proveGateway,
  proveHost,
  type Registration,
} from '@lorekeep/kit/registration';
import { until } from '../../../../test/support/until.js';
import { DoorError } from './listen.js';
import { openRegistration } from './open-registration.js';
import { RegisterHost } from './register-host.js';
import type { EngineConfig } from './engine.config.js';

const KEY = 'k'.repeat(32);
const ADDRESS = 'https://gpu-1:8090';

type Said = Registration & { proof: string };

describe('registering at a gateway', () => {
  let gateway: Server;
  let heard: Said[];
  let answer: (said: Said) => { status: number; body: string };
  let changes: string[];
  let host: RegisterHost | undefined;
  let url: string;

  beforeEach(async () => {
    heard = [];
    changes = [];
    answer = (said) => ({ status: 200, body: JSON.stringify({ proof: proveGateway(KEY, said) }) });
    gateway = createServer((request, response) => {
      let text = '';
      request.on('data', (data: Buffer) => (text += data.toString()));
      request.on('end', () => {
        const said = JSON.parse(text) as Said;
        heard.push(said);
        const { status, body } = answer(said);
        response.writeHead(status).end(body);
      });
    }).listen(0, '127.0.0.1');
    await once(gateway, 'listening');
    url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await host?.stop();
    host = undefined;
    gateway.closeAllConnections();
    gateway.close();
  });

  const start = (clock: Clock = { ...systemClock, now: () => 5_000 }): Promise<void> =>
    new Promise((changed) => {
      host = new RegisterHost({
        gateways: [url],
        key: KEY,
        address: ADDRESS,
        clock,
        onChange: (_, state, why) => {
          changes.push(why ? `${state}: ${why}` : state);
          changed();
        },
      });
      host.start();
    });

  it('proves its key without sending it, says each thing once, and leaves at the end', async () => {
    await start();
    await host?.stop();
    host = undefined;
    expect(changes).toEqual(['registered']);
    expect(heard.map(({ leaving }) => leaving)).toEqual([false, true]);
    // A clock that stands still is no reason to be taken for a repetition.
    expect(heard.map(({ at }) => at)).toEqual([5_000, 5_001]);
    expect(new Set(heard.map(({ nonce }) => nonce)).size).toBe(2);
    for (const said of heard) expect(isSameProof(said.proof, proveHost(KEY, said))).toBe(true);
    expect(JSON.stringify(heard)).not.toContain(KEY);
  });

  it('comes back at once when a clock that was an hour ahead is right again', async () => {
    const clock = new ManualClock();
    const right = clock.now();
    answer = (said) =>
      Math.abs(said.at - right) > CLOCKS_APART_MS
        ? { status: 401, body: JSON.stringify({ detail: 'The clocks are apart.' }) }
        : { status: 200, body: JSON.stringify({ proof: proveGateway(KEY, said) }) };
    clock.jump(3_600_000);
    await start(clock);
    clock.jump(-3_600_000);
    await until(async () => changes.length === 2);
    // A small step back: still later than before.
    clock.jump(-5_000);
    await host?.stop();
    host = undefined;
    expect(changes).toEqual(['refused: The clocks are apart.', 'registered']);
    expect(heard.map(({ at }) => at - right)).toEqual([3_600_000, 0, 1]);
  });

  it.each([
    ['another key', (said: Said) => JSON.stringify({ proof: proveGateway('x'.repeat(32), said) })],
    ["the host's own proof", (said: Said) => JSON.stringify({ proof: said.proof })],
    ['no proof', () => '{}'],
    ['no JSON', () => '<html>'],
  ])('does not believe a gateway with %s', async (_, body) => {
    answer = (said) => ({ status: 200, body: body(said) });
    await start();
    expect(changes).toEqual(['refused: It does not prove that it has the same key.']);
  });

  it('tells why it was refused', async () => {
    answer = () => ({ status: 401, body: JSON.stringify({ detail: 'The clocks are apart.' }) });
    await start();
    expect(changes).toEqual(['refused: The clocks are apart.']);
  });

  it('says that a gateway does not answer', async () => {
    gateway.close();
    await start();
    expect(changes[0]).toMatch(/^unreachable/);
  });
});

describe('settings of the registration', () => {
  const open = (more: Partial<EngineConfig>): Promise<RegisterHost | undefined> =>
    openRegistration(
      {
        ...{ ENGINE_GATEWAYS: ['https://gateway'], ENGINE_REGISTRATION_KEY: KEY, ENGINE_ADDRESS: ADDRESS },
        ...{ ENGINE_GATEWAY_CA: '', ...more },
      } as EngineConfig,
      { url: 'http://127.0.0.1:8090', close: async () => {} },
      { clock: systemClock, onChange: () => undefined },
    );

  it('register nowhere without gateways', async () => {
    expect(await open({ ENGINE_GATEWAYS: [] })).toBeUndefined();
    expect(await open({})).toBeInstanceOf(RegisterHost);
    expect(await open({ ENGINE_ADDRESS: '' })).toBeInstanceOf(RegisterHost);
  });

  it.each([
    [{ ENGINE_REGISTRATION_KEY: undefined }, /needs ENGINE_REGISTRATION_KEY/],
    [{ ENGINE_GATEWAYS: ['http://gateway'] }, /ENGINE_GATEWAYS: http:\/\/gateway must be https/],
    [{ ENGINE_GATEWAYS: ['https://gateway/api'] }, /ENGINE_GATEWAYS/],
    [{ ENGINE_ADDRESS: 'http://gpu-1:8090' }, /ENGINE_ADDRESS/],
    [{ ENGINE_GATEWAY_CA: '/nowhere/ca.pem' }, /cannot be read/],
  ])('are refused: %j', async (more, message) => {
    const outcome = await open(more as Partial<EngineConfig>).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(DoorError);
    expect(String(outcome)).toMatch(message);
  });
});
