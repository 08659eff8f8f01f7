import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeModelServers } from './describe-model-server.js';

const MEANWHILE = 'Answers are quotations until a model server is well';

describe('describeModelServers', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  const serve = async (answer: boolean, ...models: string[]): Promise<string> => {
    const list = JSON.stringify({ data: models.map((id) => ({ id })) });
    const server = createServer((request, response) => {
      if (!answer) return;
      const known = request.headers.authorization === 'Bearer right' && request.url === '/v1/models';
      response.writeHead(known ? 200 : 401).end(known ? list : '{}');
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const key = { INFERENCE_API_KEY: 'right' };

  it('says nothing while the servers answer, or none is named', async () => {
    const url = await serve(true, 'm');
    for (const address of [url, `${url}/`, `${url}/v1`])
      expect(await describeModelServers({ ...key, INFERENCE_URL: address, INFERENCE_MODELS: 'm' })).toEqual(
        [],
      );
    expect(await describeModelServers({})).toEqual([]);
    expect(await describeModelServers({ INFERENCE_URL: 'nonsense' })).toEqual([]);
  });

  it('names the key when it is refused', async () => {
    const url = await serve(true);
    expect(await describeModelServers({ INFERENCE_URL: url })).toEqual([
      `Warning: the model server at ${url} answers 401 (check INFERENCE_API_KEY)`,
      MEANWHILE,
    ]);
  });

  it('says so when one is silent or gone, and shows no password', async () => {
    const url = await serve(false);
    const gone = `Warning: the model server at ${url} (INFERENCE_URL) does not answer`;
    expect(await describeModelServers({ INFERENCE_URL: url }, 50)).toEqual([gone, MEANWHILE]);
    servers[0]?.close().closeAllConnections();
    const secret = url.replace('//', '//user:hidden@');
    expect(await describeModelServers({ INFERENCE_URL: secret })).toEqual([gone, MEANWHILE]);
  });

  it('names each of several, and who answers meanwhile', async () => {
    const [well, silent] = [await serve(true, 'm'), await serve(false)];
    const both = { ...key, INFERENCE_URL: `${well}, ${silent}`, INFERENCE_MODELS: 'other' };
    expect(await describeModelServers(both, 50)).toEqual([
      `Warning: the model server at ${silent} (INFERENCE_URL) does not answer`,
      'The other model servers answer until then',
    ]);
  });

  it('names models of the settings that no server lists', async () => {
    const url = await serve(true, 'm', 'n');
    expect(await describeModelServers({ ...key, INFERENCE_URL: url, INFERENCE_MODELS: 'n, typo' })).toEqual([
      'Warning: no model server lists typo (INFERENCE_MODELS); there are: m, n',
    ]);
    const broken = await serve(true);
    expect(await describeModelServers({ ...key, INFERENCE_URL: broken, INFERENCE_MODELS: 'm' })).toEqual([
      'Warning: no model server lists m (INFERENCE_MODELS); there are: none',
    ]);
  });
});
