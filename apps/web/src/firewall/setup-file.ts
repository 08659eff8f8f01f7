import type { DraftSetup } from './use-setup.js';

const FIELDS = ['preset', 'paranoia', 'shadow', 'actions', 'rules', 'exceptions'] as const;

/** A setup out of a file; null for what is none. Whether it is right says the gateway. */
export async function readSetupFile(file: Blob): Promise<DraftSetup | null> {
  try {
    const value: unknown = JSON.parse(await file.text());
    if (typeof value !== 'object' || value === null) return null;
    const setup = value as Partial<DraftSetup>;
    if (!FIELDS.every((field) => field in setup)) return null;
    if (!Array.isArray(setup.rules) || !Array.isArray(setup.exceptions)) return null;
    return Object.fromEntries(FIELDS.map((field) => [field, setup[field]])) as unknown as DraftSetup;
  } catch {
    return null;
  }
}

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
