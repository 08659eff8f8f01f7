import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeModelServer } from './describe-model-server.js';

describe('describeModelServer', () => {
  let server: Server | undefined;
  afterEach(() => void server?.close().closeAllConnections());

  const serve = async (answer: boolean): Promise<string> => {
    server = createServer((request, response) => {
      if (!answer) return;
      const known = request.headers.authorization === 'Bearer right' && request.url === '/v1/models';
      response.writeHead(known ? 200 : 401).end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('says nothing while the server answers, or none is named', async () => {
    const url = await serve(true);
    for (const address of [url, `${url}/`, `${url}/v1`]) {
      expect(
        await describeModelServer({ INFERENCE_URL: address, INFERENCE_API_KEY: 'right' }),
      ).toBeUndefined();
    }
    expect(await describeModelServer({})).toBeUndefined();
    expect(await describeModelServer({ INFERENCE_URL: 'nonsense' })).toBeUndefined();
  });

  it('names the key when it is refused', async () => {
    const url = await serve(true);
    expect(await describeModelServer({ INFERENCE_URL: url })).toMatch(
      /answers 401 \(check INFERENCE_API_KEY\)/,
    );
  });

  it('says so when it is silent or gone, and shows no password', async () => {
    const url = await serve(false);
    expect(await describeModelServer({ INFERENCE_URL: url }, 50)).toMatch(
      /does not answer: answers are quot/,
    );
    server?.close().closeAllConnections();
    const secret = url.replace('//', '//user:hidden@');
    const text = await describeModelServer({ INFERENCE_URL: secret });
    expect(text).toMatch(/does not answer/);
    expect(text).not.toContain('hidden');
  });
});
