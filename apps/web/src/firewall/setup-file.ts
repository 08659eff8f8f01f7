import type { FirewallOwnRule } from '@lorekeep/contracts';
import type { DraftException, DraftSetup } from './use-setup.js';

const FIELDS = ['preset', 'paranoia', 'shadow', 'actions', 'rules', 'exceptions'] as const;
/** As much as the gateway takes. */
export const SETUP_FILE_BYTES = 8 * 1024 * 1024;

/** Why a file is no policy. */
export type SetupFileFault = 'large' | 'encoding' | 'json' | 'fields';

/** A setup out of a file, or why it holds none. Whether it is right says the gateway. */
export async function readSetupFile(file: Blob): Promise<{ setup: DraftSetup } | { fault: SetupFileFault }> {
  if (file.size > SETUP_FILE_BYTES) return { fault: 'large' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return { fault: 'encoding' };
  }
  try {
    const setup = setupOf(JSON.parse(text));
    return setup ? { setup } : { fault: 'fields' };
  } catch {
    return { fault: 'json' };
  }
}

/** With what is left out as the gateway would take it; null where the page could not even show it. */
function setupOf(value: unknown): DraftSetup | null {
  if (!isObject(value) || !FIELDS.every((field) => field in value)) return null;
  const { actions, rules, exceptions } = value;
  if (!isObject(actions) || !areObjects(rules) || !areObjects(exceptions)) return null;
  const setup = {
    ...Object.fromEntries(FIELDS.map((field) => [field, value[field]])),
    rules: rules.map((rule) => ({ ...RULE, ...rule })),
    exceptions: exceptions.map((exception) => ({ ...EXCEPTION, ...exception })),
  } as unknown as DraftSetup;
  return setup.rules.every(isShownRule) && setup.exceptions.every(isShownException) ? setup : null;
}

const RULE = { paranoia: 1, roles: ['user', 'tool'] };
const EXCEPTION = { fragment: null, groupIds: [] };

const areTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

function isShownRule({ id, category, kind, severity, pattern, roles, ...texts }: FirewallOwnRule): boolean {
  const names = [id, category, kind, severity, pattern];
  const lists = [roles, texts.literals, texts.catches, texts.passes];
  return names.every((name) => typeof name === 'string') && lists.every(areTexts);
}

function isShownException({ id, target, fragment, groupIds, reason, expiresAt }: DraftException): boolean {
  const names = [id, target, reason, expiresAt, fragment ?? ''];
  return names.every((name) => typeof name === 'string') && areTexts(groupIds);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const areObjects = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.every(isObject);

export function saveSetupFile(setup: DraftSetup): void {
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(setup, null, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = 'firewall.json';
  link.click();
  URL.revokeObjectURL(address);
}
