import type { FastifyInstance } from 'fastify';
import { routes } from '@lorekeep/contracts';

const QUESTIONS = [
  ...[routes.ask, routes.chat, routes.responses],
  ...[routes.embeddings, routes.transcriptions, routes.createDraft],
];

/**
 * Lets those that come at once begin in order, one in a turn of the event loop. What has begun goes on before the next
 * begins, so that of a crowd the first are answered while the last wait, instead of all of them when the work of all is
 * done. It is an order and no limit: who waits for a database or a model holds up nobody.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  private taken = false;

  /** Calls `begin` at once where nobody has begun in this turn, else when its turn comes. */
  take(begin: () => void): void {
    if (this.taken) return void this.waiting.push(begin);
    this.taken = true;
    setImmediate(this.next);
    begin();
  }

  private readonly next = (): void => {
    const begin = this.waiting.shift();
    this.taken = begin !== undefined;
    if (!begin) return;
    // First, so that one that throws does not keep the others.
    setImmediate(this.next);
    begin();
  };
}

/** Questions begin in turn: before their bodies are read, which is a good part of their work before the model's. */
export function beginInTurn(fastify: FastifyInstance): void {
  const questions = new Set(QUESTIONS.map(({ method, path }) => `${method} ${path}`));
  const turns = new Turns();
  fastify.addHook('onRoute', (route) => {
    if (!questions.has(`${String(route.method)} ${route.url}`)) return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      (_request, _reply, done) => turns.take(() => void done()),
    ];
  });
}
