import type { DescribedModel } from '../catalogue/described-model.js';
import { FolderSource } from './folder-source.js';
import type { HttpSettings } from './http-request.js';
import { HubSource } from './hub-source.js';
import { MirrorSource } from './mirror-source.js';
import { retry, type RetrySettings } from './retry.js';
import type { WeightSource } from './weight-source.js';

export interface SourceSettings extends HttpSettings, RetrySettings {
  /** Address of the hub that `hub` means. */
  readonly hub: string;
}

/** `hub`, an http(s) address of a mirror, or a folder. The hub's token goes to the hub alone. */
export function openSource(
  from: string,
  model: DescribedModel,
  settings: SourceSettings,
  signal: AbortSignal,
): Promise<WeightSource> {
  const open = (): Promise<WeightSource> => {
    if (from === 'hub') return HubSource.open(settings.hub, model, settings, signal);
    if (/^https?:\/\//i.test(from))
      return MirrorSource.open(from, model, { ...settings, token: undefined }, signal);
    return FolderSource.open(from, model);
  };
  return retry(open, signal, settings);
}
