import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import { createInference, type Inference } from '../create-inference.js';
import type { AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';

const TENANT = '11111111-1111-4111-8111-111111111111';
const request: AnswerRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'How many days?' }],
  passages: [],
  documents: 'none',
  parameters: {},
  task: 'chat',
  locale: 'en',
};

describe('a question that a server answers with 500 before a word', () => {
  let server: Server;
  let inference: Inference | undefined;
  afterEach(async () => {
    await inference?.close();
    server.closeAllConnections();
    server.close();
  });

  /** `healthAfter`: what /health says once the question has failed; null: nothing listens any more. */
  async function faultOf(healthAfter: number | null): Promise<unknown> {
    let health = 200;
    server = createServer((asked, response) => {
      if (asked.url === '/health') return void response.writeHead(health).end();
      if (asked.url === '/v1/models') return void response.end(JSON.stringify({ data: [{ id: 'm' }] }));
      health = healthAfter ?? health;
      response.writeHead(500).end('{"error": {"message": "EngineCore encountered an issue."}}');
      if (healthAfter === null) server.close();
    });
    await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
    const { port } = server.address() as AddressInfo;
    inference = createInference(
      loadConfig(inferenceConfigSchema, {
        INFERENCE_URL: `http://127.0.0.1:${port}`,
        INFERENCE_SALT_SECRET: 'a secret of at least thirty-two characters',
      }),
    );
    const ctx = systemContext(TENANT);
    const { driver } = await inference.models.choose(ctx, 'm');
    try {
      for await (const event of driver.answer(ctx, request)) expect(event.kind).not.toBe('text');
    } catch (error) {
      return error;
    }
    return undefined;
  }

  it.each([
    ['says at once that its engine is dead', 503],
    ['is gone at once', null],
  ])('is asked for again where the server %s', async (_, healthAfter) => {
    const away = { code: 'INFERENCE_UNREACHABLE', status: 503, retryAfter: 5 };
    expect(await faultOf(healthAfter)).toMatchObject(away);
    expect(inference?.state().replicas).toMatchObject([{ running: 0 }]);
  });

  it('has failed where the server is well: it may have been the question', async () => {
    expect(await faultOf(200)).toMatchObject({ code: 'INFERENCE_FAILED', status: 502, retryAfter: 5 });
    expect(inference?.state().replicas).toMatchObject([{ running: 0 }]);
  });
});
