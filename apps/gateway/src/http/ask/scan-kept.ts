import type { GroundednessMark } from '@lorekeep/contracts';
import type { MessageView } from '@lorekeep/conversations';
import type { DraftView } from '@lorekeep/drafts';
import {
  placesAfterScan,
  REDACTION_MARK,
  scanSource,
  scanText,
  type ScannedText,
  type ScanTable,
} from '@lorekeep/scanner';

/** What is shown of a source beside its text. */
const CITED = ['title', 'heading', 'collection', 'excerpt'] as const;

/** An answer under the policy of today; what stops it ends it there. A question is its writer's own. */
export function scanMessage(table: ScanTable, message: MessageView): MessageView {
  if (message.role === 'user') return message;
  const scanned = scanText(table, message.content);
  const { text, stopped } = scanned;
  const [suggested = ''] = textsOf(table, [message.suggestion?.text ?? '']) ?? [];
  const suggestion =
    message.suggestion && suggested !== '' ? { ...message.suggestion, text: suggested } : null;
  const citations = scanCitations(table, message.citations);
  const shown = {
    ...message,
    content: text,
    citations,
    suggestion,
    marks: shownMarks(message.marks, scanned),
  };
  return stopped ? { ...shown, outcome: 'stopped' } : shown;
}

/** A draft as its owner may see it now. */
export interface ShownDraft extends DraftView {
  /** Something of it is masked, cut off at what would stop it, or replaced as not supported. */
  readonly withheld: boolean;
}

/** The same of a draft; the customer's message stays. */
export function scanDraft(table: ScanTable, draft: DraftView): ShownDraft {
  const scanned = scanText(table, draft.content);
  const withheld =
    scanned.stopped !== undefined ||
    scanned.text.includes(REDACTION_MARK) ||
    draft.marks.some((mark) => mark.withheld);
  const citations = scanCitations(table, draft.citations);
  return { ...draft, content: scanned.text, citations, marks: shownMarks(draft.marks, scanned), withheld };
}

/** Where the sentences stand once the text has been scanned; those behind a stop are gone. */
function shownMarks(marks: readonly GroundednessMark[], scanned: ScannedText): GroundednessMark[] {
  const placeOf = placesAfterScan(scanned);
  return marks
    .map((mark) => ({ ...mark, start: placeOf(mark.start), end: placeOf(mark.end) }))
    .filter(({ start, end }) => start < end);
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
