import type { FirewallJudged } from '@lorekeep/contracts';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { ActionBadge } from './action-badge.js';
import { useActionName, useCategoryName } from './use-names.js';
import type { DraftException } from './use-setup.js';
import { useViewName } from './use-view-name.js';

interface Props {
  title: string;
  judged: FirewallJudged;
  text: string;
  /** As what it was tried. */
  role: string;
  onExcept: (exception: Partial<DraftException>) => void;
}

/** One decision with its reasons: categories, points by group, rules with their places. */
export function Judged({ title, judged, text, role, onExcept }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const category = useCategoryName();
  const name = useActionName();
  const viewName = useViewName();
  const { action, shadow, categories, groups, hits, spared } = judged;
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-3 rounded-md border p-3 text-13">
      <h2 className="flex flex-wrap items-center gap-2 text-14 font-semibold">
        {title} <ActionBadge action={action} role={role} />
      </h2>
      {shadow && shadow !== 'allow' && <p>{t('firewall.bench.shadow', { action: name(shadow, role) })}</p>}
      {hits.length + spared.length === 0 && <p className="text-text-2">{t('firewall.bench.nothing')}</p>}
      {categories.length > 0 && (
        <ul className="flex flex-col gap-1">
          {categories.map((each) => (
            <li key={each.category} className="flex items-center justify-between gap-3">
              {category(each.category)} <ActionBadge action={each.action} role={role} />
            </li>
          ))}
        </ul>
      )}
      {groups.map(({ categories: fired, points, sum, discussed }) => (
        <p key={fired.join()} className="text-text-1">
          {fired.map(category).join(t('common.listSeparator'))}
          {t('common.colon')}
          {t('firewall.bench.both', {
            one:
              points === sum
                ? t('firewall.bench.group', { points: formats.number(points) })
                : t('firewall.bench.of', { points: formats.number(points), sum: formats.number(sum) }),
            other: t(discussed ? 'firewall.bench.discussed' : 'firewall.bench.offered'),
          })}
        </p>
      ))}
      <ul className="divide-y">
        {hits.map(({ rule, start, end, view, share, because = [] }, at) => (
          <li key={at} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1">
            <div className="min-w-40 flex-1">
              <code className="font-mono text-12 break-all">{rule}</code>
              <p className="text-12 text-text-2">
                {t('firewall.bench.both', {
                  one:
                    share === undefined
                      ? viewName(view)
                      : t('firewall.bench.sure', { share: formats.number(Math.round(share * 100)) }),
                  other: `${formats.number(start)}–${formats.number(end)}`,
                })}
              </p>
              {because.length > 0 && (
                <p className="text-12 text-text-2">
                  {t('firewall.bench.because', { words: because.join(t('common.listSeparator')) })}
                </p>
              )}
            </div>
            <Button
              tone="quiet"
              aria-label={`${t('firewall.bench.except')}${t('common.colon')}${rule}`}
              onClick={() => onExcept({ target: rule, fragment: text.slice(start, end).slice(0, 2_000) })}
            >
              {t('firewall.bench.except')}
            </Button>
          </li>
        ))}
        {spared.map(({ rule, exception }, at) => (
          <li key={`spared ${at}`} className="py-1 text-text-2">
            <code className="font-mono text-12 break-all">{rule}</code>
            {t('common.colon')}
            {t('firewall.bench.spared', { exception })}
          </li>
        ))}
      </ul>
      {judged.text !== text && (
        <div>
          <p className="text-12 font-medium text-text-2">{t('firewall.bench.goesOn')}</p>
          <p className="rounded-md bg-surface-1 p-3 break-words whitespace-pre-wrap">{judged.text}</p>
        </div>
      )}
    </section>
  );
}
