import type { z } from 'zod';
import type { Permission } from './vocabulary.js';

/** Bytes of a JSON body where its route says nothing else. */
export const BODY_LIMIT = 1024 * 1024;

/** A body that is not JSON, a response that is not JSON. */
export type Stream = 'multipart' | 'event-stream' | 'json-lines' | 'binary' | 'text';

export interface RouteContract<Body = unknown, Query = unknown, Response = unknown> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's notation: `/api/documents/:id`. Every `:id` is a uuid unless `params` says otherwise. */
  path: string;
  /** `public` needs no caller; anything else is checked by the guard. */
  permission: Permission | 'public';
  summary: string;
  tag: string;
  params?: z.ZodType;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body> | Stream;
  /** The fields of a form beside its `file`, where the route takes others than `collectionId`. */
  form?: z.ZodType;
  response: z.ZodType<Response> | Stream;
  status?: number;
  /** Bytes of the request body where it is not BODY_LIMIT. */
  bodyLimit?: number;
}

export const route = <const Route extends RouteContract>(contract: Route): Route => contract;
