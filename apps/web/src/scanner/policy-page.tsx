import type { ScannerCategory, ScannerPolicyView } from '@lorekeep/contracts';
import { useBlocker } from '@tanstack/react-router';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Field, Input } from '../kit/field.js';
import { Page } from '../kit/page.js';
import { ApiProblem } from '../kit/problem.js';
import { ErrorState, Loading, Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import { CategoryItem } from './category-item.js';
import { usePolicy } from './use-policy.js';

const KINDS = ['tier', 'words', 'detector'] as const satisfies readonly ScannerCategory['kind'][];
const DAYS = { least: 1, most: 3_650 };

/** What the scanner does, by category: action, severity, and what it sees through. */
export function PolicyPage() {
  const { t } = useTexts();
  const line = useErrorLine();
  const policy = usePolicy();
  const { query, save, dirty, discard } = policy;
  useBlocker({
    shouldBlockFn: () => !window.confirm(t('scanner.policy.unsaved')),
    enableBeforeUnload: dirty,
    disabled: !dirty,
  });
  const days = policy.days ?? query.data?.keepHitsDays ?? 0;
  const daysFit = Number.isInteger(days) && days >= DAYS.least && days <= DAYS.most;
  // What was changed here is laid over what is in force by then.
  const reload = () => void query.refetch().then(() => save.reset());
  const actions = (
    <div className="flex gap-2">
      <Button disabled={!dirty} onClick={discard}>
        {t('admin.discard')}
      </Button>
      <Button
        tone="primary"
        disabled={!dirty || !daysFit || !query.data}
        busy={save.isPending}
        onClick={() => query.data && save.mutate(query.data)}
      >
        {t('common.save')}
      </Button>
    </div>
  );
  return (
    <Page title={t('admin.sections.scanner')} note={t('scanner.policy.note')} actions={actions}>
      {query.isPending && <Loading lines={8} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      {save.error && (
        <Notice
          tone="bad"
          action={isChanged(save.error) && <Button onClick={reload}>{t('scanner.policy.reload')}</Button>}
        >
          {line(save.error)}
        </Notice>
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
    </Page>
  );
}

const isChanged = (error: unknown) =>
  error instanceof ApiProblem && error.problem.code === 'SCANNER_POLICY_CHANGED';

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
