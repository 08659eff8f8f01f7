import type { CallContext } from '@lorekeep/kit/context';
import { within } from '@lorekeep/kit/stream';
import type { Block } from '../2-parse/parsed-document.js';
import type { DocumentScreen } from '../ports.js';

/** What the firewall looks at in one piece; every piece repeats the end of the one before, so that no pattern is cut. */
export const SCREEN_CHARACTERS = 20_000;
export const SCREEN_OVERLAP = 1_000;
/** A check that hangs refuses. */
const SCREEN_TIMEOUT_MS = 30_000;

export interface Screening {
  readonly quarantine: boolean;
  /** Names of the categories that fired, for reason and audit; never text. */
  readonly categories: readonly string[];
}

/** Step 3: a document that tries to steer the assistant does not reach the index. Throws when it cannot be screened. */
export async function screenDocument(
  ctx: CallContext,
  blocks: readonly Block[],
  screen: DocumentScreen,
  timeoutMs = SCREEN_TIMEOUT_MS,
): Promise<Screening> {
  const categories = new Set<string>();
  const refusing = new Set<string>();
  for (const piece of pieces(blocks)) {
    const verdict = await within('firewall', timeoutMs, screen(ctx, piece));
    for (const hit of verdict.hits) (verdict.action === 'refuse' ? refusing : categories).add(hit.category);
    if (verdict.action === 'refuse' && verdict.hits.length === 0) refusing.add('unnamed');
  }
  const quarantine = refusing.size > 0;
  return { quarantine, categories: [...(quarantine ? refusing : categories)] };
}

function* pieces(blocks: readonly Block[]): Generator<string> {
  let text = '';
  for (const block of blocks) {
    text += `${block.kind === 'table' ? block.rows.map((row) => row.join(' ')).join('\n') : block.text}\n`;
    while (text.length >= SCREEN_CHARACTERS) {
      yield text.slice(0, SCREEN_CHARACTERS);
      text = text.slice(SCREEN_CHARACTERS - SCREEN_OVERLAP);
    }
  }
  if (text.trim() !== '') yield text;
}
