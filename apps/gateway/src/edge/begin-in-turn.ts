import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routes } from '@lorekeep/contracts';
import { SESSION_COOKIE } from './strategies.js';

const QUESTIONS = [
  ...[routes.ask, routes.chat, routes.responses],
  ...[routes.embeddings, routes.transcriptions, routes.createDraft],
];

/**
 * That begin in one turn, some milliseconds of work. One in a turn leaves the last of a crowd behind the tokens of all
 * that have begun, and all at once leaves the first behind the work of all: test/load has figures.
 */
const TOGETHER = 8;

/**
 * Lets those that come at once begin, a few in a turn of the event loop. What has begun goes on before the next begins, so
 * that of a crowd the first are answered while the last wait, instead of all of them when the work of all is done. Each
 * credential has a lane of its own, in order; lanes take turns, so that who asks three hundred at once keeps nobody else.
 * It is an order and no limit: who waits for a database or a model holds up nobody.
 */
export class Turns {
  /** Those in which somebody waits; the one whose turn it is comes first. */
  private readonly lanes = new Map<string, (() => void)[]>();
  private taken = false;

  /** Calls `begin` at once where nobody has begun in this turn, else when its turn comes. */
  take(credential: string, begin: () => void): void {
    if (this.taken) return this.wait(credential, begin);
    this.taken = true;
    setImmediate(this.next);
    begin();
  }

  private wait(credential: string, begin: () => void): void {
    const lane = this.lanes.get(credential);
    if (lane) lane.push(begin);
    else this.lanes.set(credential, [begin]);
  }

  private readonly next = (): void => {
    this.taken = this.lanes.size > 0;
    if (!this.taken) return;
    // First, so that one that throws does not keep the others.
    setImmediate(this.next);
    for (let begun = 0; begun < TOGETHER; begun += 1) this.first()?.();
  };

  private first(): (() => void) | undefined {
    const [first] = this.lanes;
    if (!first) return undefined;
    const [credential, lane] = first;
    const begin = lane.shift();
    this.lanes.delete(credential);
    if (lane.length > 0) this.lanes.set(credential, lane);
    return begin;
  }
}

/** As sent and not verified: who sends a false one waits in its lane. Without any, all share one. */
function credentialOf({ headers, cookies }: FastifyRequest): string {
  return headers.authorization ?? cookies[SESSION_COOKIE] ?? '';
}

/** Questions begin in turn: before their bodies are read, which is a good part of their work before the model's. */
export function beginInTurn(fastify: FastifyInstance): void {
  const questions = new Set(QUESTIONS.map(({ method, path }) => `${method} ${path}`));
  const turns = new Turns();
  fastify.addHook('onRoute', (route) => {
    if (!questions.has(`${String(route.method)} ${route.url}`)) return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      (request, _reply, done) => turns.take(credentialOf(request), () => void done()),
    ];
  });
}
