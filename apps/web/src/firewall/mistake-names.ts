import type { DraftSetup } from './use-setup.js';

/** What a mistake of a draft is in, as people know it. */
export type MistakePlace =
  | { in: 'rule' | 'exception'; name: string; field: string | null; line: number | null }
  | { in: 'action'; name: string }
  | { in: 'setup'; name: string };

/** `rules.0.catches.1` is the second text that the first rule must catch. */
export function placeOf(
  path: string,
  { rules, exceptions }: Pick<DraftSetup, 'rules' | 'exceptions'>,
): MistakePlace {
  const [part, at, field, line] = path.split('.');
  if (part === 'actions' && at !== undefined) return { in: 'action', name: path.slice('actions.'.length) };
  const listed = part === 'rules' ? rules[Number(at)]?.id : exceptions[Number(at)]?.target;
  if ((part !== 'rules' && part !== 'exceptions') || listed === undefined) return { in: 'setup', name: path };
  return {
    in: part === 'rules' ? 'rule' : 'exception',
    name: listed,
    field: field ?? null,
    line: line !== undefined && /^\d+$/.test(line) ? Number(line) + 1 : null,
  };
}
