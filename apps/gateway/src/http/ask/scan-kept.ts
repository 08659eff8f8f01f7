import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import { scanSource, scanText, type ScanTable } from '@lorekeep/scanner';

/** What is shown of a source beside its text. */
const CITED = ['title', 'heading', 'collection', 'excerpt'] as const;

/** An answer under the policy of today; what stops it ends it there. A question is its writer's own. */
export function scanMessage(table: ScanTable, message: MessageView): MessageView {
  if (message.role === 'user') return message;
  const { text, stopped } = scanText(table, message.content);
  const [suggested = ''] = textsOf(table, [message.suggestion?.text ?? '']) ?? [];
  const suggestion =
    message.suggestion && suggested !== '' ? { ...message.suggestion, text: suggested } : null;
  const shown = { ...message, content: text, citations: scanCitations(table, message.citations), suggestion };
  return stopped ? { ...shown, outcome: 'stopped' } : shown;
}

/** The same of a draft; the customer's message stays. */
export function scanDraft(table: ScanTable, draft: DraftView): DraftView {
  const { text } = scanText(table, draft.content);
  return { ...draft, content: text, citations: scanCitations(table, draft.citations) };
}

/** A source that has what stops answers is none that may be shown. */
function scanCitations(table: ScanTable, citations: readonly unknown[]): unknown[] {
  return citations.flatMap((citation) => {
    if (typeof citation !== 'object' || citation === null) return [];
    const fields = citation as Readonly<Record<string, unknown>>;
    const names = CITED.filter((name) => typeof fields[name] === 'string');
    const texts = textsOf(
      table,
      names.map((name) => String(fields[name])),
    );
    return texts ? [{ ...fields, ...Object.fromEntries(names.map((name, i) => [name, texts[i]])) }] : [];
  });
}

function textsOf(table: ScanTable, texts: readonly string[]): readonly string[] | null {
  const parts = texts.map((text, i) => ({ channel: String(i), text }));
  const { texts: shown, leftOut } = scanSource(table, parts);
  return leftOut ? null : shown;
}
