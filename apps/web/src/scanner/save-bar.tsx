import type { ScannerPolicyView } from '@lorekeep/contracts';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { ApiProblem } from '../kit/problem.js';
import { Notice } from '../kit/states.js';
import { useTexts } from '../locales/use-texts.js';
import type { usePolicy } from './use-policy.js';

interface Props {
  stored: ScannerPolicyView;
  policy: ReturnType<typeof usePolicy>;
  ready: boolean;
}

/** Stays in sight while something is changed, however far down the page that is. */
export function SaveBar({ stored, policy: { query, save, discard }, ready }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  // What was changed here is laid over what is in force by then.
  const reload = () => void query.refetch().then(() => save.reset());
  return (
    <section
      aria-label={t('scanner.policy.notSaved')}
      className="sticky bottom-0 z-10 -mx-4 -mb-5 flex flex-col gap-2 border-t bg-surface-0 px-4 py-3 sm:-mx-6 sm:px-6"
    >
      {save.error && (
        <Notice
          tone="bad"
          action={isChanged(save.error) && <Button onClick={reload}>{t('scanner.policy.reload')}</Button>}
        >
          {line(save.error)}
        </Notice>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span role="status" className="mr-auto text-13 text-text-2">
          {t('scanner.policy.notSaved')}
        </span>
        <Button onClick={discard}>{t('admin.discard')}</Button>
        <Button tone="primary" disabled={!ready} busy={save.isPending} onClick={() => save.mutate(stored)}>
          {t('common.save')}
        </Button>
      </div>
    </section>
  );
}

const isChanged = (error: unknown) =>
  error instanceof ApiProblem && error.problem.code === 'SCANNER_POLICY_CHANGED';
