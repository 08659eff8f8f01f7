import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Loading, Notice } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import type { DraftSetup } from './use-setup.js';

/** What was in force before; any of it can be taken as the draft. */
export function Versions({ onAdopt }: { onAdopt: (setup: DraftSetup) => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const versions = useQuery({
    queryKey: ['firewall-versions'],
    queryFn: ({ signal }) => call('GET /api/admin/firewall/versions', { signal }),
  });
  const adopt = useMutation({
    mutationFn: (version: number) => call('POST /api/admin/firewall/versions/show', { body: { version } }),
    onSuccess: onAdopt,
  });
  const rows = versions.data?.rows ?? [];
  const button = (version: number) => (
    <Button tone="quiet" busy={adopt.isPending} onClick={() => adopt.mutate(version)}>
      {t('firewall.versionAdopt')}
    </Button>
  );
  return (
    <details className="text-13">
      <summary className="w-fit rounded-sm font-medium">{t('firewall.versions')}</summary>
      {versions.isPending && <Loading lines={2} className="mt-2" />}
      {versions.error && <Notice tone="bad">{line(versions.error)}</Notice>}
      {adopt.error && <Notice tone="bad">{line(adopt.error)}</Notice>}
      {versions.data && rows.length === 0 && <p className="mt-2 text-text-2">{t('firewall.versionsNone')}</p>}
      {rows.length > 0 && (
        <ul className="mt-2 divide-y border-y">
          {rows.map(({ version, savedByName, savedAt }) => (
            <li key={version} className="flex flex-wrap items-center gap-x-3 py-1">
              <span className="min-w-40 flex-1">
                {t('firewall.version', { version })} · {savedByName} · <Time value={savedAt} />
              </span>
              {button(version)}
            </li>
          ))}
          <li className="flex flex-wrap items-center gap-x-3 py-1">
            <span className="min-w-40 flex-1">{t('firewall.delivered')}</span>
            {button(0)}
          </li>
        </ul>
      )}
    </details>
  );
}
