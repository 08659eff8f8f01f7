import { USE_CASES, type UseCase } from './use-cases.js';

/** One step of a route: one model, or several among which conversations are divided by weight. */
export type RouteStep = readonly { readonly model: string; readonly weight: number }[];
export type Route = readonly RouteStep[];
export type Routes = Partial<Record<UseCase, Route>>;

/** Of one route, so that a setting stays a setting. */
export const STEPS_MAX = 10;
export const MODELS_PER_STEP_MAX = 5;
export const WEIGHT_MAX = 1_000;

const MODEL = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/;

/** `a*9|b*1, c`: nine of ten conversations to a, one to b, then c. Null where it is not well-formed. */
export function parseRoute(text: string): Route | null {
  const steps = text.split(',').map((step) => step.split('|').map((part) => parsePart(part.trim())));
  const fits = steps.length <= STEPS_MAX && steps.every((step) => step.length <= MODELS_PER_STEP_MAX);
  if (!fits || steps.some((step) => step.some((part) => part === null))) return null;
  return steps as Route;
}

/** `question: a, b; code: c`. Null where it is not well-formed. */
export function parseRoutes(text: string): Routes | null {
  const routes: Routes = {};
  for (const part of text.split(';')) {
    if (part.trim() === '') continue;
    const at = part.indexOf(':');
    const useCase = USE_CASES.find((known) => known === part.slice(0, at).trim());
    const route = at > 0 ? parseRoute(part.slice(at + 1)) : null;
    if (!useCase || !route || routes[useCase]) return null;
    routes[useCase] = route;
  }
  return routes;
}

function parsePart(text: string): { model: string; weight: number } | null {
  const [model = '', weight = '1', ...rest] = text.split('*').map((part) => part.trim());
  const number = Number(weight);
  const fits = /^\d+$/.test(weight) && number >= 1 && number <= WEIGHT_MAX;
  return MODEL.test(model) && fits && rest.length === 0 ? { model, weight: number } : null;
}
