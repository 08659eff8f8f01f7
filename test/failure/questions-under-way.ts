import type { Answer, Asked, Client } from '../support/client.js';
import { startTestEngine, type TestEngine } from '../support/engine-host.js';
import type { RecordedRequest } from '../support/fake-vllm/start.js';
import { readAlong, type ReadAlong } from '../support/read-along.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

const KEY = 'a-key-for-hosts-of-32-characters-and-more';
const LEAVE = '# Leave\n\n## Annual leave\n\nEvery employee gets 27 days of annual leave a year.\n';
const SOON_MS = 60_000;
/** Answers at once of the engine: those beyond wait in the queue of the gateway. */
const SEQUENCES = 2;
const BEGUN = 'A long one, please.';
export const SILENT = 'How many days of annual leave do I get, silently?';
const QUEUED = 'How many days of annual leave do I get, later?';
const NAMED = 'How many days of annual leave does a program get?';

/** One answer that is being written, one on the engine without a byte, and two that wait for either to end. */
export interface UnderWay {
  readonly begun: ReadAlong;
  readonly silent: ReadAlong;
  readonly queued: ReadAlong;
  /** Of a program that names the model. */
  readonly named: Promise<Answer>;
  /** Which of them the engine had been asked by then: its own list. */
  readonly asked: readonly string[];
}

export const driverOf = (events: Asked['events']): unknown =>
  events.filter(({ kind }) => kind === 'model').at(-1)?.driver;
export const textOf = (events: Asked['events']): string =>
  events.flatMap(({ kind, text }) => (kind === 'text' ? [String(text)] : [])).join('');

/** A gateway that knows of no model server but the engine hosts that register themselves, and its people. */
export class Gateway {
  private constructor(
    readonly stack: Stack,
    readonly auditor: Client,
    private readonly authorization: string,
  ) {}

  static async start(): Promise<Gateway> {
    const stack = await startStack({
      INFERENCE_REGISTRATION_KEY: KEY,
      INFERENCE_WATCH_MS: '200',
      // No question ends because a machine is slow: what ends one here was done to it.
      INFERENCE_FIRST_TOKEN_TIMEOUT_MS: '600000',
      INFERENCE_TOKEN_TIMEOUT_MS: '10000',
    });
    const { admin } = stack;
    const auditor = await stack.person('auditor@first.example', { roles: ['auditor'] });
    const { body } = await admin.call('POST', '/api/keys', { name: 'k', scopes: ['ask'] });
    const made = await admin.call('POST', '/api/collections', { slug: 'h', name: 'Handbook' });
    const { id } = made.body as { id: string };
    const readers = [{ principal: 'everyone', effect: 'allow' }];
    await admin.call('PUT', `/api/collections/${id}/readers`, { readers });
    await admin.settled(((await admin.upload(id, 'leave.md', LEAVE)).body as { id: string }).id);
    const none = { requestsPerMinute: null, tokensPerDay: null };
    // Not one more than are asked together: a slot that leaks is missed by the next ones.
    const policy = { subjectKind: 'tenant', subjectId: null, ...none, concurrentQuestions: 4 };
    await admin.call('PUT', '/api/admin/quotas', policy);
    return new Gateway(stack, auditor, `Bearer ${(body as { key: string }).key}`);
  }

  host(start: Record<string, unknown>, drainSeconds = 1, folder?: string): Promise<TestEngine> {
    const environment = {
      ENGINE_GATEWAYS: this.stack.url,
      ENGINE_REGISTRATION_KEY: KEY,
      ENGINE_STALL_SECONDS: '5',
      ENGINE_SEQUENCES: String(SEQUENCES),
      ENGINE_DRAIN_SECONDS: String(drainSeconds),
    };
    return startTestEngine({ starts: [start], environment, ...(folder ? { folder } : {}) });
  }

  page(question: string, more = {}): ReadAlong {
    return readAlong(this.stack.admin.raw('POST', '/api/ask', { question, ...more }));
  }

  program(): Promise<Answer> {
    const body = { model: 'gpt-oss-20b', messages: [{ role: 'user', content: NAMED }] };
    const { authorization } = this;
    return this.stack.client().call('POST', '/v1/chat/completions', body, { authorization });
  }

  serving(): Promise<unknown> {
    return until(async () => driverOf(await this.page(QUEUED).whole) === 'openai-compatible', SOON_MS);
  }

  /** The first answer has `pieces` of 50 ms, the second is silent for so many milliseconds. */
  async underWay(host: TestEngine, pieces: number, silentMs: number): Promise<UnderWay> {
    await this.serving();
    await control(host, 'reset', {});
    const content = Array.from({ length: pieces }, (_, at) => `word${at} `);
    await control(host, 'script', { content, reasoning: [], tokenMs: 50, times: 1 });
    const begun = this.page(BEGUN, { documents: 'none' });
    await begun.begun;
    await control(host, 'script', { firstTokenMs: silentMs, times: 1 });
    const silent = this.page(SILENT);
    await until(async () => (await askedOf(host)).includes(SILENT), SOON_MS);
    const queued = this.page(QUEUED);
    const named = this.program();
    await until(async () => (await this.metric('lorekeep_queue_waiting')) === 2, SOON_MS);
    return { begun, silent, queued, named, asked: await askedOf(host) };
  }

  async metric(name: string): Promise<number> {
    const { text } = await this.stack.client().call('GET', '/metrics');
    return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text)?.[1]);
  }

  /** The only engine host, as the administrator's page shows it. */
  async shown(): Promise<Record<string, unknown> | undefined> {
    const { body } = await this.stack.admin.call('GET', '/api/admin/model-servers');
    return (body as { servers: Record<string, unknown>[] }).servers[0];
  }

  /** How the audit closed a question. */
  closedAs(events: Asked['events']): Promise<string> {
    const reference = String(events.find(({ kind }) => kind === 'accepted')?.reference);
    return until(async () => {
      const { body } = await this.auditor.call('GET', `/api/audit/questions/${reference}`);
      const { rows = [] } = body as { rows?: { kind: string; outcome: string }[] };
      return rows.find(({ kind }) => kind === 'question.closed')?.outcome;
    }, SOON_MS);
  }

  /** What is still held of quota, queue and streams once all have ended, and what the audit misses. */
  async held(): Promise<object> {
    const usage = await this.stack.admin.call('GET', '/api/account/usage');
    const verified = await this.auditor.call('POST', '/api/audit/verify');
    return {
      slots: (usage.body as { concurrent: { used: number } }).concurrent.used,
      waiting: await this.metric('lorekeep_queue_waiting'),
      streams: await this.metric('lorekeep_open_streams'),
      incomplete: (verified.body as { incomplete: number }).incomplete,
    };
  }
}

/** The fake's own switches, behind the engine host. */
async function control(host: TestEngine, path: string, body?: object): Promise<unknown> {
  const { port } = (await host.status()).plan;
  const sent = body ? { method: 'POST', body: JSON.stringify(body) } : {};
  return (await fetch(`http://127.0.0.1:${port}/_control/${path}`, sent)).text().then(parsed);
}

const parsed = (text: string): unknown => (text === '' ? null : JSON.parse(text));

async function askedOf(host: TestEngine): Promise<string[]> {
  const { requests } = (await control(host, 'requests')) as { requests: RecordedRequest[] };
  const known = [BEGUN, SILENT, QUEUED, NAMED];
  return requests.flatMap(({ body }) => known.filter((text) => JSON.stringify(body).includes(text)));
}
