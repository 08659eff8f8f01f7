import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '@lorekeep/kit/clock';
import { loadConfig } from '@lorekeep/kit/config';
import { systemContext } from '@lorekeep/kit/context';
import type { AnswerEvent, AnswerRequest } from '../driver.js';
import { inferenceConfigSchema } from '../inference.config.js';
import { OpenAiDriver } from './openai-driver.js';

const SECRET = 'a secret of at least thirty-two characters';
const request: AnswerRequest = {
  model: 'm',
  messages: [{ role: 'user', content: 'How many days?' }],
  passages: [],
  documents: 'none',
  parameters: {},
  task: 'chat',
  locale: 'en',
};
const OK = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n';
const chunk = (choices: unknown[], more = {}): string => `data: ${JSON.stringify({ choices, ...more })}\n\n`;
const WORD = chunk([{ index: 0, delta: { content: 'Twenty-seven.' } }]);
const END = chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]);
const DONE = 'data: [DONE]\n\n';

describe('a model server, or what stands before it', () => {
  let server: Server;
  let driver: OpenAiDriver;
  const sockets = new Set<Socket>();
  afterEach(async () => {
    await driver.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  /** Events of an answer of which these are the bytes, and what it failed with. */
  async function asked(answer: (socket: Socket) => void): Promise<{ events: AnswerEvent[]; fault: unknown }> {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => answer(socket));
    });
    await new Promise<void>((listens) => server.listen(0, '127.0.0.1', listens));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings = {
      INFERENCE_URL: url,
      INFERENCE_TOKEN_TIMEOUT_MS: '300',
      INFERENCE_TOTAL_TIMEOUT_MS: '5000',
    };
    driver = new OpenAiDriver(loadConfig(inferenceConfigSchema, settings), systemClock, SECRET, url);
    const events: AnswerEvent[] = [];
    try {
      for await (const event of driver.answer(systemContext('11111111-1111-4111-8111-111111111111'), request))
        events.push(event);
      return { events, fault: undefined };
    } catch (fault) {
      return { events, fault };
    }
  }

  it('may say something before its answer', async () => {
    const { events, fault } = await asked((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
      socket.end(`${OK}${WORD}${END}${DONE}`);
    });
    expect(fault).toBeUndefined();
    expect(events.at(-1)?.kind).toBe('usage');
  });

  it('that keeps the connection busy says no token by it', async () => {
    const { fault } = await asked((socket) => {
      socket.write(`${OK}${WORD}`);
      const beat = setInterval(() => socket.write(': ping\n\n'), 50);
      socket.once('close', () => clearInterval(beat));
    });
    expect(fault).toMatchObject({ code: 'INFERENCE_STALLED' });
  });

  it.each([
    { prompt_tokens: 0.5, completion_tokens: 3 },
    { prompt_tokens: 1, completion_tokens: 1e30 },
    { prompt_tokens: -1, completion_tokens: 3 },
    { prompt_tokens: '7', completion_tokens: null },
  ])('that counts %j tokens is not believed', async (usage) => {
    const { events } = await asked((socket) =>
      socket.end(`${OK}${WORD}${END}${chunk([], { usage })}${DONE}`),
    );
    expect(events.at(-1)).toMatchObject({ kind: 'usage', estimated: true, completionTokens: 4 });
  });
});
