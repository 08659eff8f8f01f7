import type { CallContext } from '@lorekeep/kit/context';
import type { ListEntryKey, RuleRepository } from '../store/rule.repository.js';

/** What fired, for people; null where it has been deleted since. */
export type HitRule =
  | { readonly kind: 'word'; readonly text: string | null }
  | { readonly kind: 'list'; readonly name: string | null; readonly entry: string | null }
  | { readonly kind: 'tier'; readonly category: string }
  | { readonly kind: 'detector'; readonly name: string };

/** What of a hit tells its rule; see `UnitRule.ruleId`. */
export interface RuledHit {
  readonly ruleId: string;
  readonly category: string;
}

const LISTED = /^list:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9})$/;
const WORD = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Names the rules of hits, in two statements at the most. Neither words nor entries of lists ever change their text. */
export class NameRules {
  constructor(private readonly rules: RuleRepository) {}

  /** In the order of the hits. */
  async run(ctx: CallContext, hits: readonly RuledHit[]): Promise<HitRule[]> {
    const ids = [...new Set(hits.map(({ ruleId }) => ruleId))];
    const [words, lists] = await Promise.all([
      this.rules.words(
        ctx,
        ids.filter((id) => WORD.test(id)),
      ),
      this.rules.entries(
        ctx,
        ids.flatMap((id) => keyOf(id) ?? []),
      ),
    ]);
    return hits.map(({ ruleId, category }) => {
      if (ruleId.startsWith('tier:')) return { kind: 'tier', category };
      if (ruleId.startsWith('detector:')) return { kind: 'detector', name: ruleId.slice('detector:'.length) };
      if (!ruleId.startsWith('list:')) return { kind: 'word', text: words.get(ruleId) ?? null };
      const { name = null, entry = null } = lists.get(ruleId) ?? {};
      return { kind: 'list', name, entry };
    });
  }
}

function keyOf(ruleId: string): ListEntryKey | undefined {
  const [, listId, index] = LISTED.exec(ruleId) ?? [];
  return listId === undefined ? undefined : { ruleId, listId, index: Number(index) };
}
