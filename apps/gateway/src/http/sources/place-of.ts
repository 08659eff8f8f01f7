import type { SourceSettings } from '@lorekeep/contracts';

/** Where it lies, for the audit. */
export function placeOf(settings: SourceSettings): string {
  switch (settings.kind) {
    case 'folder':
      return settings.path;
    case 'git':
      return settings.address;
    case 'bucket':
      return `${settings.endpoint} ${settings.bucket}/${settings.prefix}`;
    case 'archive':
      return '';
  }
}
