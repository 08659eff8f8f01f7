import { USE_CASES, type UseCase } from '@lorekeep/contracts/vocabulary';
import { EXTRACTIVE_MODEL } from '../extractive/extractive-driver.js';
import type { Routes } from './parse-routes.js';
import { resolveRoute, type ModelPolicy } from './resolve-route.js';
import { UNQUOTABLE } from './use-cases.js';

/** What is known of the model servers at this moment. */
export interface KnownModels {
  /** Names that the installation promises (INFERENCE_MODELS); empty: what the servers list. */
  readonly configured: readonly string[];
  /** Empty where no model server is configured. */
  readonly servers: readonly {
    readonly isUp: boolean;
    /** As they were last listed; null: never. */
    readonly models: readonly string[] | null;
  }[];
}

/** Names that may be asked, best first: as `Models` sees them. */
export function servedNames({ configured, servers }: KnownModels): string[] {
  if (servers.length === 0) return [];
  return configured.length > 0
    ? [...configured]
    : [...new Set(servers.flatMap(({ models }) => models ?? []))];
}

/**
 * Whether a name is served: `unknown` where a server that is away, or never said what it serves, may have it. The
 * quotations need no server.
 */
export function isServed(name: string, known: KnownModels): 'yes' | 'no' | 'unknown' {
  if (name === EXTRACTIVE_MODEL || servedNames(known).includes(name)) return 'yes';
  if (known.configured.length > 0) return 'no';
  return known.servers.every(({ isUp, models }) => isUp && models !== null) ? 'no' : 'unknown';
}

/** Every model that routes name, once, in their order. */
export function namesIn(routes: Routes): string[] {
  const steps = Object.values(routes).flat(2);
  return [...new Set(steps.map(({ model }) => model))];
}

/**
 * Use cases that end in quotations now, because no model of theirs can be asked; those for which quotations are wanted
 * are none of them. Vectors and transcripts have no quotations.
 */
export function quotedUseCases(known: KnownModels, routes: Routes, policy: ModelPolicy): UseCase[] {
  const models = servedNames(known);
  const up = known.servers.filter(({ isUp }) => isUp);
  const isUp = (model: string) => {
    const listing = known.servers.filter((server) => server.models?.includes(model) ?? true);
    // A name that nobody lists is asked of everybody.
    return (listing.length > 0 ? listing : up).some((server) => server.isUp);
  };
  return USE_CASES.filter((useCase) => {
    const wanted = policy.routes[useCase] ?? routes[useCase];
    const named = wanted ? namesIn({ [useCase]: wanted }) : (policy.allowed ?? []);
    if (UNQUOTABLE.has(useCase) || named.join() === EXTRACTIVE_MODEL) return false;
    return !resolveRoute({ useCase, models, routes, policy, conversation: '' }).some(isUp);
  });
}
