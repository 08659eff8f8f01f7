import { createHash } from 'node:crypto';
import type { UseCase } from '@lorekeep/contracts';
import type { Role } from '@lorekeep/kit/context';
import { EXTRACTIVE_MODEL } from '../extractive/extractive-driver.js';
import type { Route, Routes, RouteStep } from './parse-routes.js';
import { UNQUOTABLE } from './use-cases.js';

/** What a tenant's administrators have decided. */
export interface ModelPolicy {
  /** null: every model. */
  readonly allowed: readonly string[] | null;
  /** In place of the installation's, use case by use case. */
  readonly routes: Routes;
  /** Roles whose people go before others of the tenant in the queue. */
  readonly firstRoles?: readonly Role[];
}

export const NO_POLICY: ModelPolicy = { allowed: null, routes: {} };

/** Small and fast for what is asked often, by name of the family; the other for what is written at length. */
const FAST = /llama-?3\.1-8b/i;
const ELOQUENT = /gpt-oss-20b/i;
/** Models that make vectors and write nothing, by name: no server tells them apart. */
const EMBEDDING = /embed|(?:^|[/_-])(?:bge|e5|gte)[_-]/i;
/** Models that listen and write what was said. */
const SPEECH = /whisper|(?:^|[/_-])asr(?:[/_.-]|$)|transcri/i;
const PREFERRED: Record<UseCase, RegExp> = {
  question: FAST,
  code: FAST,
  batch: FAST,
  drafting: ELOQUENT,
  creative: ELOQUENT,
  embedding: EMBEDDING,
  transcription: SPEECH,
};

export interface RouteChoice {
  readonly useCase: UseCase;
  /** Models that can be asked, best first. */
  readonly models: readonly string[];
  readonly routes: Routes;
  readonly policy: ModelPolicy;
  /** Anything that stays the same within a conversation. */
  readonly conversation: string;
}

/**
 * Models to try for a use case, in order: the tenant's route, else the installation's, else the defaults (of which all
 * models that write are part, so that a single one answers everything; vectors and transcripts come from those that make them). A route
 * that was set names all that may answer.
 */
export function resolveRoute({ useCase, models, routes, policy, conversation }: RouteChoice): string[] {
  const usable = models.filter((model) => isAllowed(policy, model));
  const route = policy.routes[useCase] ?? routes[useCase];
  const order = route ? untilQuotations(inOrder(route, conversation)) : byDefault(useCase, usable);
  return [...new Set(order)].filter((model) => usable.includes(model));
}

export function isAllowed({ allowed }: ModelPolicy, model: string): boolean {
  return allowed === null || allowed.includes(model);
}

/** Whether a use case comes to this model first where no route is set, by its name. */
export function isPreferred(useCase: UseCase, model: string): boolean {
  return PREFERRED[useCase].test(model);
}

function byDefault(useCase: UseCase, models: readonly string[]): string[] {
  const preferred = models.filter((model) => isPreferred(useCase, model));
  if (UNQUOTABLE.has(useCase)) return preferred;
  return [...preferred, ...models].filter(isWriter);
}

/** Whether a model answers questions, as far as its name tells. */
export function isWriter(model: string): boolean {
  return !EMBEDDING.test(model) && !SPEECH.test(model);
}

function inOrder(route: Route, conversation: string): string[] {
  return route.flatMap((step) => {
    const first = pick(step, conversation);
    return [first, ...step.map(({ model }) => model)];
  });
}

/** What comes after the quotations is never asked: they are always there. */
function untilQuotations(order: string[]): string[] {
  const at = order.indexOf(EXTRACTIVE_MODEL);
  return at < 0 ? order : order.slice(0, at);
}

/** The same for the same conversation: a point by hash on the line of weights. */
function pick(step: RouteStep, conversation: string): string {
  const all = step.reduce((sum, { weight }) => sum + weight, 0);
  const hash = createHash('sha256').update(conversation).digest();
  let at = (hash.readUInt32BE(0) / 2 ** 32) * all;
  for (const { model, weight } of step) {
    if (at < weight) return model;
    at -= weight;
  }
  return step.at(-1)?.model ?? '';
}
