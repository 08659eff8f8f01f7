import type { routes } from '@lorekeep/contracts';
import type { z } from 'zod';
import { problemOf, Unreachable } from './problem.js';
import { reportSignedOut } from './session-signal.js';

// Types only: the schemas themselves stay out of the bundle, and a route that changes no longer compiles here.
type Routes = typeof routes;
type ByKey = { [Name in keyof Routes as `${Routes[Name]['method']} ${Routes[Name]['path']}`]: Routes[Name] };
export type RouteKey = keyof ByKey;

type ParamNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;
type Params<Path extends string> = [ParamNames<Path>] extends [never]
  ? { params?: undefined }
  : { params: Record<ParamNames<Path>, string> };
type Query<Route> = Route extends { query: infer Schema extends z.ZodType }
  ? { query?: Partial<z.output<Schema>> }
  : { query?: undefined };
type Body<Route> = Route extends { body: infer Schema }
  ? Schema extends z.ZodType
    ? { body: z.input<Schema> }
    : { body?: undefined }
  : { body?: undefined };
export type CallOptions<Key extends RouteKey> = Params<ByKey[Key]['path']> &
  Query<ByKey[Key]> &
  Body<ByKey[Key]> & { signal?: AbortSignal };
export type ResponseOf<Key extends RouteKey> = ByKey[Key]['response'] extends infer Schema
  ? Schema extends z.ZodType
    ? z.output<Schema>
    : never
  : never;

type Arguments<Key extends RouteKey> =
  Record<never, never> extends CallOptions<Key> ? [options?: CallOptions<Key>] : [options: CallOptions<Key>];

interface LooseOptions {
  params?: Record<string, string> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
  signal?: AbortSignal;
}

/** The address of a route, its parameters filled in. */
export function addressOf<Key extends RouteKey>(
  key: Key,
  options?: Pick<LooseOptions, 'params' | 'query'>,
): string {
  const path = key.slice(key.indexOf(' ') + 1);
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(options?.params?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options?.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return query.size > 0 ? `${filled}?${query.toString()}` : filled;
}

/** In the page's language, which a person may have chosen against the browser's. */
export const languageHeader = () => ({ 'accept-language': document.documentElement.lang });

/** The header that a page of another site cannot send: what closes CSRF. */
export const PAGE_HEADER = { 'x-lorekeep-request': 'page' } as const;

/** Sends a request; throws `ApiProblem` for every answer that is not a success. */
export async function send<Key extends RouteKey>(
  key: Key,
  options: LooseOptions = {},
  accept = 'application/json',
): Promise<Response> {
  const method = key.slice(0, key.indexOf(' '));
  const headers = { accept, ...languageHeader() };
  const init: RequestInit = { method, headers, credentials: 'same-origin', cache: 'no-store' };
  if (options.signal) init.signal = options.signal;
  if (method !== 'GET') init.headers = { ...init.headers, ...PAGE_HEADER };
  if (options.body !== undefined) {
    init.headers = { ...init.headers, 'content-type': 'application/json' };
    init.body = JSON.stringify(options.body);
  }
  let response: Response;
  try {
    response = await fetch(addressOf(key, options), init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Unreachable(error);
  }
  if (response.ok) return response;
  if (response.status === 401 && key !== 'POST /api/session') reportSignedOut();
  throw problemOf(response.status, await response.text().catch(() => ''));
}

/** Calls a route of the gateway: path, parameters, body and answer are checked against the contract. */
export async function call<Key extends RouteKey>(
  key: Key,
  ...[options]: Arguments<Key>
): Promise<ResponseOf<Key>> {
  const response = await send(key, options as LooseOptions | undefined);
  if (response.status === 204) return null as ResponseOf<Key>;
  try {
    return (await response.json()) as ResponseOf<Key>;
  } catch (error) {
    throw new Unreachable(error);
  }
}
