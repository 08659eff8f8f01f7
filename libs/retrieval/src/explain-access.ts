import type { Tx } from '@lorekeep/kit/database';
import { PRINCIPAL_NAME, personOf, type NamedReader } from './name-principals.js';

export interface ExplainedScope {
  readonly kind: 'collection' | 'folder' | 'document';
  readonly id: string;
}

/**
 * Why, in one word. `nobody`: no scope allows anybody. `others`: the deciding scope allows others. `notReady`: the list
 * would let the person in, the document cannot be read by anybody yet. `disabled`: so it would, but they cannot sign in.
 */
export type AccessVerdict = 'allowed' | 'denied' | 'nobody' | 'others' | 'notReady' | 'disabled';

export interface AccessScope extends ExplainedScope {
  readonly name: string;
  /** How many it names. */
  readonly allows: number;
  readonly denies: number;
  /** The nearest that allows anybody: what those farther up allow does not count. */
  readonly decides: boolean;
}

export interface AccessReason extends NamedReader {
  readonly source: ExplainedScope['kind'];
  readonly sourceId: string;
  readonly sourceName: string;
  /** False: overridden by a nearer scope, or by a denial. */
  readonly decides: boolean;
}

export interface AccessExplanation {
  readonly readable: boolean;
  readonly verdict: AccessVerdict;
  /** The entries that concern the person, those that decide first. */
  readonly because: AccessReason[];
  /** The document or folder, what it is in, and so on up to the collection. */
  readonly scopes: AccessScope[];
}

const PLACE: Record<ExplainedScope['kind'], string> = {
  collection: `select id as collection_id, null::uuid as folder_id, null::uuid as document_id, null::uuid as lineage_id,
                      id as access_id, 'ready' as state from collection where id = $1`,
  folder: `select collection_id, id as folder_id, null::uuid as document_id, null::uuid as lineage_id, access_id,
                  'ready' as state from folder where id = $1`,
  document: `select collection_id, folder_id, id as document_id, lineage_id, access_id, state
               from document where id = $1 and deleted_at is null`,
};

/** Nearest first; `entries` are those of the person's principals $2. */
const scopesOf = (kind: ExplainedScope['kind']): string => `
  with recursive place as (${PLACE[kind]}),
  up (id, depth) as (
    select folder_id, 1 from place where folder_id is not null
    union all
    select f.parent_id, up.depth + 1 from up join folder f on f.id = up.id where f.parent_id is not null),
  scope (kind, id, key, name, depth) as (
    select 'document', d.id, d.lineage_id, d.title, 0 from place p join document d on d.id = p.document_id
    union all select 'folder', f.id, f.id, f.name, up.depth from up join folder f on f.id = up.id
    union all select 'collection', c.id, c.id, c.name, 1000 from place p join collection c on c.id = p.collection_id)
  select s.kind, s.id, s.name, (select state from place) as state,
         (select count(*)::int from reader r where r.effect = 'allow' and ${ofScope('r')}) as allows,
         (select count(*)::int from reader r where r.effect = 'deny' and ${ofScope('r')}) as denies,
         coalesce((select jsonb_agg(jsonb_build_object('principal', r.principal, 'effect', r.effect,
                                                       'name', ${PRINCIPAL_NAME}) order by r.principal)
            from reader r where r.principal = any ($2::text[]) and ${ofScope('r')}), '[]') as entries,
         coalesce((select bool_and(a.effect = 'allow') from access_entry a
            where a.access_id = (select access_id from place) and a.principal = any ($2::text[])), false) as listed
    from scope s order by s.depth`;

function ofScope(r: string): string {
  return `(s.kind = 'document' and ${r}.document_id = s.key or s.kind = 'folder' and ${r}.folder_id = s.key
           or s.kind = 'collection' and ${r}.collection_id = s.key)`;
}

interface ScopeRow extends Record<string, unknown> {
  readonly kind: ExplainedScope['kind'];
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly allows: number;
  readonly denies: number;
  readonly entries: NamedReader[];
  readonly listed: boolean;
}

/** Null where there is no such person or scope in this tenant. The verdict is the one that row security gives. */
export async function explainAccess(
  tx: Tx,
  userId: string,
  scope: ExplainedScope,
): Promise<AccessExplanation | null> {
  const person = await personOf(tx, userId);
  const rows = await tx.query<ScopeRow>(scopesOf(scope.kind), [scope.id, person?.principals ?? []]);
  const [first] = rows;
  if (!person || !first) return null;
  const deciding = rows.find(({ allows }) => allows > 0);
  const denied = rows.some(({ entries }) => entries.some(({ effect }) => effect === 'deny'));
  const because = rows.flatMap((row) => row.entries.map((entry) => reasonOf(row, entry, deciding, denied)));
  const verdict = verdictOf(
    { listed: first.listed, state: first.state, disabled: person.disabled },
    denied,
    deciding,
  );
  return {
    readable: verdict === 'allowed',
    verdict,
    because: [...because.filter(({ decides }) => decides), ...because.filter(({ decides }) => !decides)],
    scopes: rows.map((row) => ({
      kind: row.kind,
      id: row.id,
      name: row.name,
      allows: row.allows,
      denies: row.denies,
      decides: row === deciding,
    })),
  };
}

function reasonOf(
  row: ScopeRow,
  entry: NamedReader,
  deciding: ScopeRow | undefined,
  denied: boolean,
): AccessReason {
  const decides = entry.effect === 'deny' || (!denied && row === deciding);
  return { source: row.kind, sourceId: row.id, sourceName: row.name, ...entry, decides };
}

function verdictOf(
  { listed, state, disabled }: { listed: boolean; state: string; disabled: boolean },
  denied: boolean,
  deciding: ScopeRow | undefined,
): AccessVerdict {
  if (!listed) return denied ? 'denied' : deciding ? 'others' : 'nobody';
  if (disabled) return 'disabled';
  return state === 'ready' ? 'allowed' : 'notReady';
}
