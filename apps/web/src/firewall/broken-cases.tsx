import type { FirewallPreview } from '@lorekeep/contracts';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { useActionName } from './use-names.js';

/** The tests that would no longer come out as they should. */
export function BrokenCases({ cases: { tried, broken, failing } }: Pick<FirewallPreview, 'cases'>) {
  const { t } = useTexts();
  const action = useActionName();
  if (tried === 0) return null;
  return (
    <>
      <p className="text-13 text-text-2">
        {t('firewall.changes.tried', { count: tried })}{' '}
        {failing.length > 0 && t('firewall.changes.failing', { count: failing.length })}
      </p>
      {broken.length > 0 && (
        <Notice tone="warn">
          <p>{t('firewall.changes.broken', { count: broken.length })}</p>
          <ul className="mt-1 flex flex-col gap-1">
            {broken.map(({ id, role, text, expected, got }) => (
              <li key={id} className="break-words">
                “{text.slice(0, 120)}”{t('common.colon')}
                {action(expected, role)} → {action(got, role)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
