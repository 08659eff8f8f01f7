import type { Operation, Schema } from '../support/operations.js';
import { KINDS, type Kind } from '../support/world.js';

/** A place in a request where an identifier stands. */
export interface Slot {
  operation: Operation;
  /** As the report names it: `path id`, `body groupIds`, `body subjectId user`. */
  name: string;
  where: 'path' | 'query' | 'body' | 'form';
  path: (string | number)[];
  kind: Kind;
  /** What stands before the identifier: `user:`. */
  prefix: string;
  /** Fields that this identifier needs beside it. */
  beside: Record<string, unknown>;
}

type Meaning = Pick<Slot, 'kind'> & Partial<Pick<Slot, 'prefix' | 'beside'>>;

/** What the fields that hold identifiers mean. A new one without an entry fails the test. */
const FIELDS: Record<string, Meaning[]> = {
  conversationId: [{ kind: 'conversations' }],
  collectionId: [{ kind: 'collections' }],
  sourceId: [{ kind: 'sources' }],
  collectionIds: [{ kind: 'collections' }],
  collections: [{ kind: 'collections' }],
  folderId: [{ kind: 'folders' }],
  parentId: [{ kind: 'folders' }],
  documentId: [{ kind: 'documents' }],
  documentIds: [{ kind: 'documents' }],
  groupIds: [{ kind: 'groups' }],
  userId: [{ kind: 'users' }],
  userIds: [{ kind: 'users' }],
  actorId: [{ kind: 'users' }],
  reference: [{ kind: 'questions' }],
  passage: [{ kind: 'passages' }],
  principal: [
    { kind: 'users', prefix: 'user:' },
    { kind: 'groups', prefix: 'group:' },
  ],
  subjectId: [
    { kind: 'users', beside: { subjectKind: 'user' } },
    { kind: 'groups', beside: { subjectKind: 'group' } },
  ],
};
/** Names that are the same for every tenant. */
const NO_IDENTIFIER = new Set(['model']);
const HEX = /\[0-9a-f(A-F)?\]\{(8|32|8,32)\}/;

/** Every place for an identifier in an operation of the OpenAPI document. */
export function findSlots(operation: Operation): Slot[] {
  const slots: Slot[] = [];
  const add = (where: Slot['where'], path: Slot['path'], meanings: Meaning[]) => {
    const field = path.filter((part) => typeof part === 'string').at(-1) ?? '';
    for (const { kind, prefix = '', beside = {} } of meanings)
      slots.push({
        operation,
        name: [where, field, prefix || Object.values(beside)[0]].filter(Boolean).join(' '),
        where,
        path,
        kind,
        prefix,
        beside,
      });
  };
  for (const { name, in: where, schema } of operation.parameters) {
    if (NO_IDENTIFIER.has(name)) continue;
    if (where === 'path') add('path', [name], [{ kind: kindOfPath(operation, name) }]);
    else if (HEX.test(schema.pattern ?? '')) add('query', [name], meaningOf(operation, name));
  }
  // Other forms are one file alone.
  if (operation.isForm && operation.path === '/api/documents')
    for (const field of ['collectionId', 'folderId']) add('form', [field], meaningOf(operation, field));

  if (operation.body) {
    for (const path of findFields(operation.body)) {
      const field = path.filter((part) => typeof part === 'string').at(-1) ?? '';
      add('body', path, meaningOf(operation, field));
    }
  }
  return slots;
}

function kindOfPath(operation: Operation, name: string): Kind {
  const parts = operation.path.split('/');
  const before = parts[parts.indexOf(`{${name}}`) - 1] as Kind;
  if (!KINDS.includes(before)) throw new Error(`${operation.id}: what is a ${before}? Add it to KINDS.`);
  return before;
}

function meaningOf(operation: Operation, field: string): Meaning[] {
  const meaning = FIELDS[field];
  if (!meaning) throw new Error(`${operation.id}: what does ${field} identify? Add it to FIELDS.`);
  return meaning;
}

function findFields(schema: Schema, path: (string | number)[] = []): (string | number)[][] {
  if (HEX.test(schema.pattern ?? '')) return [path];
  const below = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => findFields(inner, [...path, name])),
    ...(schema.items ? findFields(schema.items, [...path, 0]) : []),
    ...(schema.anyOf ?? []).flatMap((inner) => findFields(inner, path)),
  ];
  return below;
}
