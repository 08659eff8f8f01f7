import { cleanLine } from '../formats/clean-text.js';
import type { Block } from '../parsed-document.js';

/** The fields of a form as pdf.js gives them among a page's annotations. */
export interface FormField {
  readonly subtype?: unknown;
  readonly fieldType?: unknown;
  readonly fieldName?: unknown;
  readonly fieldValue?: unknown;
  readonly alternativeText?: unknown;
  readonly exportValue?: unknown;
  readonly buttonValue?: unknown;
  readonly checkBox?: unknown;
  readonly radioButton?: unknown;
  readonly hidden?: unknown;
  readonly password?: unknown;
}

/** What was filled in, as lines `label: value`; empty fields, buttons and passwords are left out. */
export function readForm(fields: readonly FormField[], page: number): Block[] {
  const lines = fields.flatMap((field) => {
    if (field.subtype !== 'Widget' || field.hidden === true || field.password === true) return [];
    const value = valueOf(field);
    return value === '' ? [] : [`${labelOf(field)}: ${value}`];
  });
  return lines.length === 0 ? [] : [{ kind: 'paragraph', text: lines.join('\n'), page }];
}

function valueOf(field: FormField): string {
  const { fieldType, fieldValue } = field;
  if (fieldType === 'Btn') {
    if (typeof fieldValue !== 'string' || fieldValue === 'Off' || fieldValue === '') return '';
    if (field.checkBox === true) return fieldValue === field.exportValue ? '☑' : '';
    return field.radioButton === true && fieldValue === field.buttonValue ? cleanLine(fieldValue) : '';
  }
  const values = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
  return cleanLine(
    values
      .filter((value) => typeof value === 'string')
      .join(', ')
      .normalize('NFKC'),
  );
}

/** The name for people where there is one, else the last part of the full name without its index. */
function labelOf({ alternativeText, fieldName }: FormField): string {
  const spoken = typeof alternativeText === 'string' ? cleanLine(alternativeText) : '';
  const full = typeof fieldName === 'string' ? cleanLine(fieldName) : '';
  return spoken || (full.split('.').at(-1) ?? '').replace(/\[\d+\]$/, '') || full;
}
