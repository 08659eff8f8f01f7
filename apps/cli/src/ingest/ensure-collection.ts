import type { CallContext } from '@lorekeep/kit/context';
import type { Domains } from '../database/connect-domains.js';
import { CliError } from '../cli.errors.js';
import { EXIT } from '../exit-codes.js';
import type { DocumentVerbs } from './document-verbs.js';

export interface WantedCollection {
  readonly slug: string;
  readonly name: string;
  /** `everyone` or `group:<name of a group>`; needed only where the collection does not exist yet. */
  readonly readers: readonly string[];
}

/** The collection's id; a missing one is created together with its readers. An existing one keeps the readers it has. */
export async function ensureCollection(
  ctx: CallContext,
  domains: Domains,
  verbs: DocumentVerbs,
  wanted: WantedCollection,
): Promise<string> {
  const found = await verbs.collections.bySlug(ctx, wanted.slug);
  if (found) return found.id;
  if (wanted.readers.length === 0) {
    throw new CliError(
      `There is no collection ${wanted.slug}: name its readers to create it, such as --readers everyone or --readers group:hr.`,
    );
  }
  // Looked up first: a collection is not made for readers who do not exist.
  const principals = await Promise.all(wanted.readers.map((reader) => principalOf(ctx, domains, reader)));
  const { slug, name } = wanted;
  const { id } = await domains.act(ctx, 'collection.create', { slug, name }, () =>
    verbs.collections.create(ctx, { slug, name, description: '' }),
  );
  const readers = principals.map((principal) => ({ principal, effect: 'allow' as const }));
  await domains.act(ctx, 'collection.readers', { collectionId: id, readers: principals }, () =>
    verbs.readers.setOfCollection(ctx, id, readers),
  );
  return id;
}

async function principalOf(ctx: CallContext, { auth }: Domains, reader: string): Promise<string> {
  if (reader === 'everyone') return reader;
  const name = /^group:(.+)$/.exec(reader)?.[1];
  if (!name) throw new CliError(`${reader} is not a reader: use everyone or group:<name>.`, EXIT.USAGE);
  const { items } = await auth.groups.list(ctx, { search: name, limit: 200 });
  const group = items.find((item) => item.name === name);
  if (!group) throw new CliError(`There is no group ${name}.`);
  return `group:${group.id}`;
}
