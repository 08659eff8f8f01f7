import { randomUUID } from 'node:crypto';
import type { Client } from '../support/client.js';
import { addressOf, type Operation } from '../support/operations.js';

export interface Caller {
  name: string;
  client: Client;
  headers: Record<string, string>;
  /** What the caller may do, as the gateway itself says; null: nobody is signed in. */
  permissions: ReadonlySet<string> | null;
  /** Signed in with an initial password: only the account is open. */
  onlyAccount?: boolean;
}

/** What the permission of the operation says about this caller: a status, or `in`. */
export function expectedFor(operation: Operation, { permissions, onlyAccount }: Caller): number | 'in' {
  if (operation.permission === 'public') return 'in';
  if (permissions === null) return 401;
  if (onlyAccount && operation.permission !== 'account') return 403;
  return permissions.has(operation.permission) ? 'in' : 403;
}

/** Calls without doing any harm: nothing is named that exists, and no body is what the operation wants. */
export async function tryOperation(operation: Operation, caller: Caller): Promise<number | 'in'> {
  const values: Record<string, string> = {
    id: randomUUID(),
    reference: randomUUID().replaceAll('-', ''),
    model: 'x',
  };
  const body = operation.body ? { 'no such field': true } : undefined;
  const answer = await caller.client.call(
    operation.method,
    addressOf(operation, values),
    body,
    caller.headers,
  );
  return [401, 403].includes(answer.status) ? answer.status : 'in';
}
