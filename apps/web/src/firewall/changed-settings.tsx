import type { FirewallPreview } from '@lorekeep/contracts';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { roleOfCategory, useActionName, useCategoryName } from './use-names.js';

/** What a draft changes, before and after. */
export function ChangedSettings({ changes }: Pick<FirewallPreview, 'changes'>) {
  const { t } = useTexts();
  const category = useCategoryName();
  const actionName = useActionName();
  const isLong = (what: string) => what === 'rule' || what === 'exception';
  const shown = (what: string, name: string, value: string | null) => {
    if (value === null) return t('firewall.changes.nothing');
    const actions = ['allow', 'flag', 'redact', 'refuse'] as const;
    const action = actions.find((each) => each === value);
    if (what === 'action' && action) return actionName(action, roleOfCategory(name));
    if (what === 'shadow') return t(value === 'true' ? 'firewall.changes.on' : 'firewall.changes.off');
    if (what === 'preset' && (value === 'balanced' || value === 'strict'))
      return t(`firewall.presets.${value}`);
    return value;
  };
  const refuses = changes.some(
    ({ what, name, before, after }) =>
      what === 'action' && !roleOfCategory(name) && (before === 'refuse' || after === 'refuse'),
  );
  const shadows = changes.some(({ what, after }) => what === 'shadow' && after === 'true');
  if (changes.length === 0) return <p className="text-14">{t('firewall.changes.none')}</p>;
  return (
    <>
      <ul className="divide-y border-y text-13">
        {changes.map(({ what, name, before, after }) => (
          <li key={`${what} ${name}`} className="flex flex-wrap justify-between gap-x-4 gap-y-1 py-2">
            <span className="font-medium">{t(`firewall.changes.${what}`, { name: category(name) })}</span>
            {isLong(what) ? (
              <span>
                {t(
                  before === null
                    ? 'firewall.changes.added'
                    : after === null
                      ? 'firewall.changes.removed'
                      : 'firewall.changes.changed',
                )}
              </span>
            ) : (
              <span>
                {shown(what, name, before)} → {shown(what, name, after)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {shadows && <Notice tone="warn">{t('firewall.changes.shadowOn')}</Notice>}
      {refuses && <p className="text-13 text-text-2">{t('firewall.refuseNote')}</p>}
    </>
  );
}
