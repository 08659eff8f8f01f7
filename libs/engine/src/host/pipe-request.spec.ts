import { createServer, Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { EngineHost } from './engine-host.js';
import { pipeRequest } from './pipe-request.js';

const MODEL = 'gpt-oss-20b';
const servers: TcpServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    if (server instanceof Server) server.closeAllConnections();
    server.close();
  }
});

async function listening(server: TcpServer): Promise<number> {
  servers.push(server);
  await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
  return (server.address() as AddressInfo).port;
}

/** What a caller gets of a host whose replica is at this port. */
async function answerOf(port: number, isWell: boolean | Promise<boolean>) {
  const plan = { id: MODEL, port };
  const instance = { model: MODEL, state: 'draining', progress: null };
  const host = {
    choose: () => ({ plan, key: 'k', isWell: () => Promise.resolve(isWell) }),
    hold: () => () => undefined,
    status: () => ({ instances: [instance] }),
  } as unknown as EngineHost;
  const door = await listening(
    createServer((request, response) => void pipeRequest(host, request, response)),
  );
  const body = JSON.stringify({ model: MODEL });
  const answer = await fetch(`http://127.0.0.1:${door}/v1/completions`, { method: 'POST', body });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
}

const failing = (status: number): Promise<number> =>
  listening(createServer((_, response) => void response.writeHead(status).end('{"error": "its own"}')));
const comeAgain = { status: 503, retryAfter: '5', text: expect.stringContaining('not ready') };

describe('a request whose replica fails before a word', () => {
  it('is told to come again where nothing listens any more', async () => {
    const gone = await failing(200);
    await new Promise((closed) => servers.pop()?.close(closed));
    expect(await answerOf(gone, true)).toEqual(comeAgain);
  });

  it('is told to come again where the engine is dying, which vLLM says as 500', async () => {
    expect(await answerOf(await failing(500), false)).toEqual(comeAgain);
  });

  it("is given vLLM's own status where the engine is well, or the request was refused", async () => {
    expect(await answerOf(await failing(500), true)).toMatchObject({ status: 500 });
    expect(await answerOf(await failing(400), false)).toMatchObject({ status: 400 });
  });

  it.each([
    [true, 'resetAndDestroy'],
    [true, 'destroy'],
    [false, 'resetAndDestroy'],
    [false, 'destroy'],
  ] as const)(
    'is told so once where the engine breaks its 500 off before it is known to be well (%j, %s), and the host lives on',
    async (isWell, breaksOff) => {
      let found: (isWell: boolean) => void = () => undefined;
      const looked = new Promise<boolean>((done) => (found = done));
      const dying = createServer((request, response) => {
        response.writeHead(500, { 'content-length': '100' }).write('part');
        setTimeout(() => request.socket[breaksOff](), 50);
      });
      expect(await answerOf(await listening(dying), looked)).toEqual(comeAgain);
      found(isWell);
      // What nobody catches is told by then.
      await new Promise((told) => setTimeout(told, 20));
    },
  );

  const saying = (head: string): Promise<number> =>
    listening(
      createTcpServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => socket.write(`HTTP/1.1 ${head}\r\n\r\n`));
      }),
    );

  it('is given an error where what answers has no status that there is', async () => {
    expect(await answerOf(await saying('099 ?\r\ncontent-length: 0'), true)).toMatchObject({ status: 502 });
  });

  it('is told to come again where another protocol is spoken', async () => {
    const odd = await saying('101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x');
    expect(await answerOf(odd, true)).toEqual(comeAgain);
  });
});
