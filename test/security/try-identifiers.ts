import { randomBytes, randomUUID } from 'node:crypto';
import type { Answer, Client } from '../support/client.js';
import { addressOf, sampleOf, type Operation } from '../support/operations.js';
import type { World } from '../support/world.js';
import { findSlots, type Slot } from './find-slots.js';

export interface Trial {
  caller: Client;
  /** The caller's own things, for the identifiers that are not on trial. */
  own: World;
  /** Name of a model that exists. */
  model: string;
}

export interface Compared {
  foreign: number;
  random: number;
  /** What differs between the answers, in words; empty: nothing. */
  differences: string[];
}

/** Calls with an identifier that exists elsewhere and with one that exists nowhere, and compares what comes back. */
export async function compareAnswers(trial: Trial, slot: Slot, foreign: string): Promise<Compared> {
  const random = slot.kind === 'questions' ? randomBytes(16).toString('hex') : randomUUID();
  const [one, other] = [await call(trial, slot, foreign), await call(trial, slot, random)];
  const differences: string[] = [];
  if (one.status !== other.status) differences.push(`status ${one.status} and ${other.status}`);
  const headers = [headersOf(one), headersOf(other)];
  if (headers[0] !== headers[1]) differences.push(`headers ${headers.join(' and ')}`);
  const bodies = [bodyOf(one, foreign), bodyOf(other, random)];
  if (bodies[0] !== bodies[1]) differences.push(`body ${bodies.join(' and ')}`);
  return { foreign: one.status, random: other.status, differences };
}

/** With the caller's own thing in the slot: what the answers to others are told apart from. */
export const answerForOwn = async (trial: Trial, slot: Slot): Promise<number> =>
  (await call(trial, slot, trial.own[slot.kind])).status;

function call({ caller, own, model }: Trial, slot: Slot, identifier: string): Promise<Answer> {
  const { operation, where, path } = slot;
  const inPath: Record<string, string> = {};
  for (const { name, in: place } of operation.parameters)
    if (place === 'path') inPath[name] = own[kindOf(operation, name)];
  const query: Record<string, string> = {};
  for (const { name, in: place, required } of operation.parameters)
    if (place === 'query' && required) query[name] = own.users;
  if (where === 'path') inPath[String(path[0])] = identifier;
  if (where === 'query') query[String(path[0])] = identifier;
  const address = addressOf(operation, inPath, query);
  if (operation.isForm) {
    const content = `# New\n\n${randomUUID()}\n`;
    if (path[0] === 'folderId')
      return caller.upload(own.collections, 'new.md', content, 'text/markdown', identifier);
    return caller.upload(identifier, 'new.md', content);
  }
  if (!operation.body) return caller.call(operation.method, address);
  const body = { ...(sampleOf(operation.body) as object), ...slot.beside } as Record<string, unknown>;
  if ('model' in body) body.model = model;
  // What else is named is the caller's own: else the first name that does not exist would answer for all.
  for (const other of findSlots(operation))
    if (other.where === 'body' && other.path.length === 1 && typeof body[String(other.path[0])] === 'string')
      body[String(other.path[0])] = other.prefix + own[other.kind];
  if (where === 'body') place(body, path, slot.prefix + identifier);
  return caller.call(operation.method, address, body);
}

function kindOf(operation: Operation, name: string): keyof World {
  const parts = operation.path.split('/');
  return parts[parts.indexOf(`{${name}}`) - 1] as keyof World;
}

/** Puts a value deep into a body and makes the objects and arrays on the way. */
function place(body: Record<string | number, unknown>, path: (string | number)[], value: string): void {
  const [first = '', ...rest] = path;
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  body[first] ??= typeof rest[0] === 'number' ? [] : {};
  place(body[first] as Record<string | number, unknown>, rest, value);
}

/** Differ from call to call, whatever was asked. */
const CHANGING = new Set(['date', 'x-lorekeep-reference', 'set-cookie']);

function headersOf({ headers }: Answer): string {
  return [...headers.entries()]
    .filter(([name]) => !CHANGING.has(name))
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join('\n');
}

/**
 * The body without what the caller sent, without references, ids and times that were made for this call, and without
 * the signed head at an export's end: a new one may be signed between two calls.
 */
function bodyOf({ text, headers }: Answer, identifier: string): string {
  const reference = headers.get('x-lorekeep-reference') ?? '-';
  return text
    .replaceAll(identifier, '<given>')
    .replaceAll(reference, '<reference>')
    .replace(/"(id|conversationId|messageId|documentId|passageId)":"[0-9a-f-]{36}"/g, '"$1":"<id>"')
    .replace(/chatcmpl-[0-9a-f]{32}/g, '<id>')
    .replace(/^\{"head":.*\}$/m, '{"head":"<signed>"}')
    .replace(/"(seconds|milliseconds|created|created_at)":[\d.e-]+/g, '"$1":0');
}
