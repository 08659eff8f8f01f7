import type { GroundednessMark } from '@lorekeep/contracts';

export interface DraftConcern {
  kind: 'placeholder' | 'withheld' | 'empty' | 'unsupported';
  text: string;
}

/** `[unknown: serial number]`, `[date]`, 【姓名】: in brackets, but neither a citation nor the text of a link. */
const PLACEHOLDER =
  /\[(?!\^)(?![\d\s,，、]+\])[^\]\n]{1,120}\](?![([])|【(?![\d\s,，、]+】)[^】\n]{1,120}】/g;
const WITHHELD = /[▇█]{3,}/g;

/**
 * What a person has to look at before a reply leaves the house. `marks`: sentences that their sources do not support;
 * `isKnown`: the gateway says that something is withheld, be it the end of the reply.
 */
export function checkDraft(
  content: string,
  marks: readonly GroundednessMark[] = [],
  isKnown = false,
): DraftConcern[] {
  const empty: DraftConcern[] = content.trim() === '' ? [{ kind: 'empty', text: '' }] : [];
  const placeholders = [...new Set(content.match(PLACEHOLDER))].map((text): DraftConcern => ({
    kind: 'placeholder',
    text,
  }));
  const isWithheld = isKnown || content.match(WITHHELD) !== null || marks.some((mark) => mark.withheld);
  const withheld: DraftConcern[] = isWithheld ? [{ kind: 'withheld', text: '' }] : [];
  const unsupported = marks
    .filter((mark) => !mark.withheld)
    .map(({ start, end }): DraftConcern => ({ kind: 'unsupported', text: content.slice(start, end).trim() }));
  return [...empty, ...placeholders, ...withheld, ...unsupported];
}

/** Whether it keeps a reply from being approved; a sentence that a person has looked at may be right all the same. */
export const blocks = ({ kind }: DraftConcern): boolean => kind === 'placeholder' || kind === 'empty';

/** Whether a reply is approved only where somebody says that it is meant as it is. */
export const asks = ({ kind }: DraftConcern): boolean => kind === 'withheld';

/** A citation mark with the space before it. */
const CITATION = /\s?(?:\[\d{1,3}(?:\s?[,，、]\s?\d{1,3})*\]|【\d{1,3}(?:\s?[,，、]\s?\d{1,3})*】)/g;

/** The reply as the customer gets it: without citation marks and emphasis marks. */
export function customerText(content: string): string {
  return content
    .replace(CITATION, '')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .trim();
}
