export interface DraftConcern {
  kind: 'placeholder' | 'withheld' | 'empty';
  text: string;
}

/** `[unknown: serial number]`, `[date]`, 【姓名】: in brackets, but neither a citation nor the text of a link. */
const PLACEHOLDER =
  /\[(?!\^)(?![\d\s,，、]+\])[^\]\n]{1,120}\](?![([])|【(?![\d\s,，、]+】)[^】\n]{1,120}】/g;
const WITHHELD = /[▇█]{3,}/g;

/** What a person has to look at before a reply leaves the house. */
export function checkDraft(content: string): DraftConcern[] {
  if (content.trim() === '') return [{ kind: 'empty', text: '' }];
  const placeholders = [...new Set(content.match(PLACEHOLDER))].map((text): DraftConcern => ({
    kind: 'placeholder',
    text,
  }));
  const withheld: DraftConcern[] = content.match(WITHHELD) ? [{ kind: 'withheld', text: '' }] : [];
  return [...placeholders, ...withheld];
}

/** A citation mark with the space before it. */
const CITATION = /\s?(?:\[\d{1,3}(?:\s?[,，、]\s?\d{1,3})*\]|【\d{1,3}(?:\s?[,，、]\s?\d{1,3})*】)/g;

/** The reply as the customer gets it: without citation marks and emphasis marks. */
export function customerText(content: string): string {
  return content
    .replace(CITATION, '')
    .replace(/\*\*([^*\n]+)\*\*/g, '$1')
    .trim();
}
