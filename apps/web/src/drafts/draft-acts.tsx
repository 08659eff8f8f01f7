import type { DraftRow } from '@lorekeep/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../kit/button.js';
import { Confirm } from '../kit/confirm.js';
import { CopyButton } from '../kit/copy-button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { ApiProblem } from '../kit/problem.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { asks, blocks, customerText } from './check-draft.js';
import { useConcerns } from './draft-check.js';
import { useDraftActs } from './use-drafts.js';

/** Copies, approves, takes back. A reply in which something is withheld is approved once that is said to be meant. */
export function DraftActs({ row }: { row: DraftRow }) {
  const { t } = useTexts();
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { update } = useDraftActs(row.id, () => undefined);
  const concerns = useConcerns(row);
  const blocked = concerns.some(blocks);
  const onError = (error: unknown) => {
    // The policy or the text has changed since this was shown.
    void queryClient.invalidateQueries({ queryKey: ['draft', row.id] });
    if (!isWithheld(error)) return toast(line(error));
    setAsking(true);
  };
  const approve = () => update.mutate({ state: 'approved' }, { onError });
  const accept = () => {
    const onDone = () => setAsking(false);
    update.mutate({ state: 'approved', acceptWithheld: true }, { onSuccess: onDone });
  };
  const change = (open: boolean) => {
    if (open) update.reset();
    setAsking(open);
  };
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <CopyButton label={t('drafts.copy')} text={() => customerText(row.content)} />
      {row.state === 'approved' ? (
        <Button
          icon={<Undo2 size={14} />}
          busy={update.isPending}
          onClick={() => update.mutate({ state: 'draft' }, { onError })}
        >
          {t('drafts.reopen')}
        </Button>
      ) : (
        <Button
          tone="primary"
          icon={<Check size={15} />}
          busy={update.isPending && !asking}
          disabled={blocked}
          title={blocked ? t('drafts.approveBlocked') : undefined}
          onClick={() => (concerns.some(asks) ? change(true) : approve())}
        >
          {t('drafts.approve')}
        </Button>
      )}
      <Confirm
        open={asking}
        onOpenChange={change}
        title={t('drafts.withheldTitle')}
        consequence={t('drafts.withheldText')}
        action={t('drafts.approveAnyway')}
        busy={update.isPending}
        error={update.error && !isWithheld(update.error) ? line(update.error) : null}
        onConfirm={accept}
      />
    </div>
  );
}

const isWithheld = (error: unknown) => error instanceof ApiProblem && error.problem.code === 'DRAFT_WITHHELD';
