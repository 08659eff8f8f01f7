import { isServed, namesIn, readRoutes, servedNames, type KnownModels } from '@lorekeep/inference';
import { RequestError } from '@lorekeep/kit/errors';

export interface ModelSettings {
  readonly allowedModels: readonly string[];
  readonly modelRoutes: string;
}

/** Names of one kind in a sentence; there may be hundreds. */
const NAMED_MAX = 8;

/**
 * A route that means something else than it seems to is worse than none, and so is a name that is spelt wrong: every
 * question would be answered with quotations. What stood there before is not refused, for its model may be gone since;
 * nor is what a server that is away may serve: the list of model servers warns of it for as long as that lasts.
 * @throws RequestError MODEL_ROUTES_INVALID, MODEL_NOT_SERVED
 */
export function refuseModels(before: ModelSettings, next: Partial<ModelSettings>, known: KnownModels): void {
  const { allowedModels = before.allowedModels, modelRoutes = before.modelRoutes } = next;
  const routes = readRoutes(modelRoutes);
  if ('mistake' in routes) {
    const { at, part, why } = routes.mistake;
    const what = part === '' ? 'Nothing stands there.' : `There stands “${part.slice(0, 60)}”.`;
    const message = `The models by use case cannot be read at character ${at}. ${what} ${why}`;
    throw new RequestError(422, 'MODEL_ROUTES_INVALID', message, [{ path: 'modelRoutes', message }]);
  }
  const old = readRoutes(before.modelRoutes);
  const newNames = {
    allowedModels: without(allowedModels, before.allowedModels),
    modelRoutes: without(namesIn(routes.value), 'value' in old ? namesIn(old.value) : []),
  };
  for (const path of ['allowedModels', 'modelRoutes'] as const) {
    const name = newNames[path].find((each) => isServed(each, known) === 'no');
    if (name === undefined) continue;
    const message = `No model server serves “${name}”. ${listOf(servedNames(known))}`;
    throw new RequestError(422, 'MODEL_NOT_SERVED', message, [{ path, message }]);
  }
}

function without(names: readonly string[], known: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name));
}

function listOf(served: readonly string[]): string {
  const more = served.length - NAMED_MAX;
  const names = [...served.slice(0, NAMED_MAX), 'extractive'].join(', ');
  return more > 0 ? `There are ${names} and ${more} more.` : `There are ${names}.`;
}
