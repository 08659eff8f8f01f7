import { text, type ScanAction } from '@lorekeep/contracts';
import { RequestError } from '@lorekeep/kit/errors';
import type { EdgeRequest } from '../../edge/request.js';
import { formOf, invalidForm, nextPart, partsOf, type FileForm } from '../documents/read-form.js';

const FIELDS = ['name', 'category', 'action'] as const;
const DEFAULTS = { category: 'general', action: 'redact' };
/** Bytes of a field: a line of 200 characters in UTF-8, and room to say that it is too long. */
const FIELD_BYTES = 2_000;
const fieldText = text(FIELD_BYTES);

export interface ListForm extends FileForm {
  readonly name: string;
  readonly category: string;
  /** Whatever was given: the scanner says which actions there are. */
  readonly action: ScanAction;
}

/** Reads a form up to the beginning of its file: name, perhaps category and action, then `file`, then nothing. */
export async function readListForm(request: EdgeRequest, fileSize: number): Promise<ListForm> {
  const parts = partsOf(request, fileSize, 'name, category, action and then file', {
    fieldSize: FIELD_BYTES,
  });
  const fields = new Map<string, string>();
  for (;;) {
    const part = await nextPart(parts);
    if (part === undefined) throw invalidForm('The form has no file.');
    if (part.type === 'field') {
      readField(fields, part.fieldname, part.value);
      continue;
    }
    if (part.fieldname !== 'file' || !fields.has('name')) {
      part.file.resume();
      throw invalidForm('The form must have a name and then the file in the field named file.');
    }
    const {
      name = '',
      category,
      action,
    } = { ...DEFAULTS, ...Object.fromEntries(fields) } as Record<string, string>;
    return Object.assign(formOf(part, parts), {
      name: name.trim(),
      category: (category ?? '').trim(),
      action: action as ScanAction,
    });
  }
}

function readField(fields: Map<string, string>, field: string, value: unknown): void {
  if (!FIELDS.some((known) => known === field))
    throw invalidForm('The form has a field other than name, category and action.');
  if (fields.has(field)) throw invalidForm(`The form has more than one ${field}.`);
  const parsed = fieldText.safeParse(value).data;
  if (parsed === undefined)
    throw new RequestError(400, 'INVALID_REQUEST', `The field ${field} must hold text.`);
  fields.set(field, parsed);
}
