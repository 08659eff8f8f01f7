import type { ScannerCategory, ScannerPolicyView } from '@lorekeep/contracts';
import { useBlocker } from '@tanstack/react-router';
import { Field, Input } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { ErrorState, Loading } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { CategoryItem } from './category-item.js';
import { SaveBar } from './save-bar.js';
import { usePolicy } from './use-policy.js';

const KINDS = ['tier', 'words', 'detector'] as const satisfies readonly ScannerCategory['kind'][];
const DAYS = { least: 1, most: 3_650 };

/** What the scanner does, by category: action, severity, and what it sees through. */
export function PolicyPage() {
  const { t } = useTexts();
  const policy = usePolicy();
  const { query, dirty } = policy;
  useBlocker({
    shouldBlockFn: () => !window.confirm(t('scanner.policy.unsaved')),
    enableBeforeUnload: dirty,
    disabled: !dirty,
  });
  const days = policy.days ?? query.data?.keepHitsDays ?? 0;
  const daysFit = Number.isInteger(days) && days >= DAYS.least && days <= DAYS.most;
  return (
    <Page title={t('admin.sections.scanner')} note={t('scanner.policy.note')}>
      {query.isPending && <Loading lines={8} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data && (
        <>
          {KINDS.map((kind) => (
            <Kind key={kind} kind={kind} stored={query.data} policy={policy} />
          ))}
          <Field
            label={t('scanner.policy.keepHitsDays')}
            hint={t('scanner.policy.keepHitsHint')}
            error={daysFit ? null : t('scanner.policy.daysRange', DAYS)}
            className="max-w-[560px]"
          >
            {(field) => (
              <Input
                {...field}
                fit
                type="number"
                min={DAYS.least}
                max={DAYS.most}
                value={days === 0 ? '' : days}
                onChange={(event) => policy.setDays(Number(event.target.value))}
                className="w-28 text-right tabular-nums"
              />
            )}
          </Field>
        </>
      )}
      {query.data && dirty && <SaveBar stored={query.data} policy={policy} ready={daysFit} />}
    </Page>
  );
}

function Kind(props: {
  kind: (typeof KINDS)[number];
  stored: ScannerPolicyView;
  policy: ReturnType<typeof usePolicy>;
}) {
  const { t } = useTexts();
  const { kind, stored, policy } = props;
  const rows = stored.categories.filter((category) => category.kind === kind);
  if (rows.length === 0) return null;
  return (
    <section aria-label={t(`scanner.policy.kinds.${kind}`)}>
      <h2 className="text-14 font-semibold">{t(`scanner.policy.kinds.${kind}`)}</h2>
      <p className="mb-2 text-13 text-text-2">{t(`scanner.policy.kindNotes.${kind}`)}</p>
      <ul className="divide-y border-y">
        {rows.map((row) => (
          <CategoryItem
            key={row.name}
            row={row}
            value={{ ...row, ...policy.changed[row.name] }}
            folds={stored.folds}
            onChange={(part) => policy.change(row.name, part)}
          />
        ))}
      </ul>
    </section>
  );
}
