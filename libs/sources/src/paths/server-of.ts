import type { SourceSettings } from '@lorekeep/contracts';

/** The server that credentials are sent to; null: none. */
export function serverOf(settings: SourceSettings): string | null {
  const address =
    settings.kind === 'git' ? settings.address : settings.kind === 'bucket' ? settings.endpoint : '';
  return URL.canParse(address) ? `${settings.kind} ${new URL(address).origin}` : null;
}
