const NAMES = ['From', 'To', 'Cc', 'Date'] as const;
export interface MailField {
  name: (typeof NAMES)[number];
  value: string;
}
const FIELD = /^(From|To|Cc|Date): (\S.*)$/;

/** The lines with which a mail begins, as the parser writes them; none where it is no mail. `rest`: what follows them. */
export function mailFields(text: string): { fields: MailField[]; rest: string } {
  const fields: MailField[] = [];
  const lines = text.split('\n');
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    const known = NAMES.find((each) => each === name);
    if (!known || value === undefined) break;
    fields.push({ name: known, value });
  }
  // One such line alone may be anything.
  if (fields[0]?.name !== 'From' || fields.length < 2) return { fields: [], rest: text };
  return { fields, rest: lines.slice(fields.length).join('\n').replace(/^\n+/, '') };
}
