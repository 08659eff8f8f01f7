import { USE_CASES, type UseCase } from '@lorekeep/contracts/vocabulary';

/** One step of a route: one model, or several among which conversations are divided by weight. */
export type RouteStep = readonly { readonly model: string; readonly weight: number }[];
export type Route = readonly RouteStep[];
export type Routes = Partial<Record<UseCase, Route>>;

/** Of one route, so that a setting stays a setting. */
export const STEPS_MAX = 10;
export const MODELS_PER_STEP_MAX = 5;
export const WEIGHT_MAX = 1_000;

const MODEL = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/;

const MISTAKES = {
  colon: 'Each part is a use case, a colon and its models: question: a, b; code: c.',
  'use-case': `The use cases are ${USE_CASES.join(', ')}.`,
  twice: 'This use case has its models already.',
  model: 'A model has a name of letters, digits and . _ : / - that begins with a letter or a digit.',
  share: `The share behind * is a whole number from 1 to ${WEIGHT_MAX}.`,
  steps: `A use case has at most ${STEPS_MAX} models one after the other.`,
  models: `Conversations are divided among at most ${MODELS_PER_STEP_MAX} models.`,
} as const;

/** Where routes cannot be read, and why. */
export interface RouteMistake {
  /** Character of the text, from 1. */
  readonly at: number;
  /** What stands there. */
  readonly part: string;
  readonly why: string;
}

/** `a*9|b*1, c`: nine of ten conversations to a, one to b, then c. Null where it is not well-formed. */
export function parseRoute(text: string): Route | null {
  const route = readRoute({ text, from: 0 });
  return 'mistake' in route ? null : route.value;
}

/** `question: a, b; code: c`. Null where it is not well-formed. */
export function parseRoutes(text: string): Routes | null {
  const routes = readRoutes(text);
  return 'mistake' in routes ? null : routes.value;
}

/** The same, saying where it is not well-formed. */
export function readRoutes(text: string): Read<Routes> {
  const routes: Routes = {};
  for (const part of cut({ text, from: 0 }, ';')) {
    if (part.text.trim() === '') continue;
    const at = part.text.indexOf(':');
    if (at < 0) return mistake(text, part, 'colon');
    const name = { text: part.text.slice(0, at), from: part.from };
    const useCase = USE_CASES.find((known) => known === name.text.trim());
    if (!useCase) return mistake(text, name, 'use-case');
    if (routes[useCase]) return mistake(text, name, 'twice');
    const route = readRoute({ text: part.text.slice(at + 1), from: part.from + at + 1 }, text);
    if ('mistake' in route) return route;
    routes[useCase] = route.value;
  }
  return { value: routes };
}

type Read<T> = { readonly value: T } | { readonly mistake: RouteMistake };
/** A piece of the text, and where it begins. */
interface Part {
  readonly text: string;
  readonly from: number;
}

function readRoute(part: Part, whole: string = part.text): Read<Route> {
  const steps = cut(part, ',');
  if (steps.length > STEPS_MAX) return mistake(whole, steps[STEPS_MAX] ?? part, 'steps');
  const route: RouteStep[] = [];
  for (const step of steps) {
    const models = cut(step, '|');
    if (models.length > MODELS_PER_STEP_MAX)
      return mistake(whole, models[MODELS_PER_STEP_MAX] ?? step, 'models');
    const read: { model: string; weight: number }[] = [];
    for (const model of models) {
      const one = readModel(model, whole);
      if ('mistake' in one) return one;
      read.push(one.value);
    }
    route.push(read);
  }
  return { value: route };
}

function readModel(part: Part, whole: string): Read<{ model: string; weight: number }> {
  const at = part.text.indexOf('*');
  const model = at < 0 ? part.text : part.text.slice(0, at);
  if (!MODEL.test(model.trim())) return mistake(whole, { text: model, from: part.from }, 'model');
  if (at < 0) return { value: { model: model.trim(), weight: 1 } };
  const share = part.text.slice(at + 1).trim();
  const weight = Number(share);
  if (/^\d+$/.test(share) && weight >= 1 && weight <= WEIGHT_MAX)
    return { value: { model: model.trim(), weight } };
  return mistake(whole, { text: part.text.slice(at + 1), from: part.from + at + 1 }, 'share');
}

function cut({ text, from }: Part, by: string): Part[] {
  const parts: Part[] = [];
  let start = from;
  for (const piece of text.split(by)) {
    parts.push({ text: piece, from: start });
    start += piece.length + by.length;
  }
  return parts;
}

function mistake(whole: string, part: Part, why: keyof typeof MISTAKES): { mistake: RouteMistake } {
  const blank = part.text.length - part.text.trimStart().length;
  // Characters, as a person counts them.
  const at = [...whole.slice(0, part.from + blank)].length + 1;
  return { mistake: { at, part: part.text.trim(), why: MISTAKES[why] } };
}
