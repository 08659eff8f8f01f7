import { BUILT_IN, Firewall } from '@lorekeep/firewall';
import { ManualClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext, type Permission } from '@lorekeep/kit/context';
import { Refusal } from '@lorekeep/kit/errors';
import {
  compileWordTable,
  scanSource,
  StreamScanner,
  type ScanTable,
  type WordEntry,
} from '@lorekeep/scanner';
import type { QuestionPathLimits } from '../limits.js';
import type { AnswerEvent, AnswerRequest, AnswerScanner, FoundPassage, PathPorts } from '../ports.js';
import { QuestionPath } from '../question-path.js';
import type { PathEvent, PathSettings, Question } from '../question.js';

export const TENANT = '11111111-1111-4111-8111-111111111111';
export const USER = '22222222-2222-4222-8222-222222222222';

/** Short enough to wait for in a spec. */
export const LIMITS: QuestionPathLimits = {
  QUESTION_CHECK_TIMEOUT_MS: 250,
  QUESTION_SEARCH_TIMEOUT_MS: 250,
  QUESTION_AUDIT_TIMEOUT_MS: 250,
  QUESTION_MAX_SECONDS: 5,
  QUESTION_MAX_ANSWER_TOKENS: 100,
  QUESTION_REWRITE: 'rule',
  QUESTION_REWRITE_TIMEOUT_MS: 250,
};

export interface KeptRecord {
  readonly opened: Record<string, unknown>;
  closed: { outcome: string; detail: Record<string, unknown> } | null;
}

/** What happened outside of the path, in order. */
export interface World {
  readonly log: string[];
  readonly records: KeptRecord[];
  readonly settled: { id: string | null; tokens: number }[];
  readonly requests: AnswerRequest[];
  /** Set when the driver's own clean-up ran. */
  released: boolean;
  ports: PathPorts;
}

export interface Scripted {
  answer?: readonly AnswerEvent[];
  passages?: readonly FoundPassage[];
  words?: readonly [text: string, action: WordEntry['action']][];
  settings?: Partial<PathSettings>;
}

export const text = (value: string, choice = 0): AnswerEvent => ({
  kind: 'text',
  choice,
  channel: 'content',
  text: value,
});
export const finish = (choice = 0): AnswerEvent => ({ kind: 'finish', choice, reason: 'stop' });
export const MODEL: AnswerEvent = { kind: 'model', model: 'test-model', driver: 'openai-compatible' };
export const USAGE: AnswerEvent = { kind: 'usage', promptTokens: 40, completionTokens: 2, estimated: false };
export const ANSWER = [MODEL, text('Thirty '), text('days [1].'), finish(), USAGE];

export const passage = (more: Partial<FoundPassage> = {}): FoundPassage => ({
  id: 'p1',
  documentId: 'd1',
  title: 'Leave',
  collection: 'Handbook',
  heading: 'Annual leave',
  page: 3,
  content: 'Everyone has thirty days of annual leave.',
  released: false,
  score: 1,
  ...more,
});

/** Ports that do as they should: the real firewall and scanner, and a stand-in for everything that keeps something. */
export function pathWorld(script: Scripted = {}): World {
  const world: World = {
    log: [],
    records: [],
    settled: [],
    requests: [],
    released: false,
  } as unknown as World;
  const firewall = new Firewall({ of: () => Promise.resolve(BUILT_IN) });
  const words = compileWordTable(
    (script.words ?? []).map(([word, action], index) => ({
      id: `w${index}`,
      text: word,
      category: 'test',
      action,
    })),
  );
  const driver = {
    name: 'openai-compatible' as const,
    async *answer(_: CallContext, request: AnswerRequest) {
      world.log.push('model asked');
      world.requests.push(request);
      try {
        yield* script.answer ?? ANSWER;
      } finally {
        world.released = true;
      }
    },
  };
  world.ports = {
    settings: {
      of: async () => ({
        keepQuestionText: true,
        keepAnswerText: true,
        showReasoning: false,
        giveBackSecrets: true,
        passagesPerQuestion: 4,
        groundedness: 'mark',
        ...script.settings,
      }),
    },
    quota: {
      reserve: async (_, { tokens }) => {
        world.log.push('reserved');
        return { id: 'r1', tokens };
      },
      settle: async (_, { id }, { tokens }) => {
        world.log.push('settled');
        world.settled.push({ id, tokens });
      },
    },
    firewall,
    search: { run: async () => ({ passages: script.passages ?? [passage()], withheld: 2 }) },
    drivers: {
      choose: async (_, wanted) => ({ model: wanted ?? 'test-model', driver }),
      fallback: () => ({ model: 'extractive', driver }),
    },
    scanner: { open: async () => scannerOver(words) },
    audit: {
      open: async (_, opened) => {
        const record: KeptRecord = { opened, closed: null };
        world.records.push(record);
        world.log.push('opened');
        return {
          close: async (outcome, detail) => {
            record.closed = { outcome, detail };
            world.log.push('closed');
          },
        };
      },
    },
  };
  return world;
}

function scannerOver(table: ScanTable): AnswerScanner {
  const stream = new StreamScanner(table);
  return {
    push: (channel, chunk) => stream.push(channel, chunk),
    end: (channel) => stream.end(channel),
    source: (parts) => scanSource(table, parts),
  };
}

/** A person who may ask; `signal` to go away. */
export function person(options: { permissions?: Permission[]; signal?: AbortSignal } = {}): CallContext {
  const system = systemContext(TENANT, options.signal ? { signal: options.signal } : {});
  const permissions = new Set<Permission>(options.permissions ?? ['ask', 'drafts']);
  return { ...system, caller: { ...system.caller, kind: 'user', userId: USER, permissions } };
}

export const question = (more: Partial<Question> = {}): Question => ({
  door: 'ask',
  messages: [{ role: 'user', content: 'How many days of annual leave do I get?' }],
  documents: 'auto',
  parameters: {},
  ...more,
});

export function pathOf(world: World, limits: Partial<QuestionPathLimits> = {}): QuestionPath {
  return new QuestionPath(world.ports, { ...LIMITS, ...limits }, new ManualClock());
}

export interface Walked {
  readonly events: PathEvent[];
  /** What the path threw at the end. */
  readonly error: unknown;
}

/** Walks the whole path and keeps what came out, up to and including an error. */
export async function walk(
  world: World,
  asked: Question = question(),
  options: { ctx?: CallContext; limits?: Partial<QuestionPathLimits> } = {},
): Promise<Walked> {
  const events: PathEvent[] = [];
  try {
    for await (const event of pathOf(world, options.limits).ask(options.ctx ?? person(), asked)) {
      if (event.kind === 'accepted') world.log.push('accepted');
      events.push(event);
    }
    return { events, error: null };
  } catch (error) {
    return { events, error };
  }
}

/** Everything that a reader of the stream sees of the answer, channels and choices one after another. */
export const shown = (events: readonly PathEvent[]): string =>
  events.map((event) => (event.kind === 'text' ? event.text : '')).join('');

export const REFUSED = new Refusal({
  step: 'quota',
  code: 'QUOTA_CONCURRENT',
  text: 'Too many at once.',
  status: 429,
  retryAfter: 7,
});
