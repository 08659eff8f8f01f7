import type { SourceRow } from '@lorekeep/contracts';
import { useState } from 'react';
import { Confirm } from '../kit/confirm.js';
import { useTexts } from '../locales/use-texts.js';
import { useSourceActs } from './use-sources.js';

const CHOICES = ['keep', 'remove'] as const;

/** Asks for the name, and what becomes of the documents. */
export function DeleteSource({ row, onClose }: { row: SourceRow; onClose: () => void }) {
  const { t } = useTexts();
  const { remove } = useSourceActs();
  const [choice, setChoice] = useState<(typeof CHOICES)[number]>('keep');
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t('sources.deleteTitle', { name: row.name })}
      consequence={
        <>
          <p>{t('sources.deleteText')}</p>
          <fieldset className="mt-3 flex flex-col gap-2">
            <legend className="mb-1 text-13 font-medium text-text-0">{t('sources.deleteDocuments')}</legend>
            {CHOICES.map((each) => (
              <label key={each} className="flex items-start gap-2 text-14">
                <input
                  type="radio"
                  name="documents"
                  checked={choice === each}
                  onChange={() => setChoice(each)}
                  className="mt-0.5 size-4 shrink-0 accent-accent"
                />
                {t(`sources.${each}`)}
              </label>
            ))}
          </fieldset>
        </>
      }
      action={t('common.delete')}
      name={row.name}
      busy={remove.isPending}
      onConfirm={() =>
        remove.mutate({ row, documents: choice === 'keep' ? 'keep' : 'delete' }, { onSuccess: onClose })
      }
    />
  );
}

/** A sync has stopped before it deleted much. */
export function DecideDeletions({ row, onClose }: { row: SourceRow; onClose: () => void }) {
  const { t } = useTexts();
  const { act } = useSourceActs();
  const count = row.lastRun?.missing ?? 0;
  return (
    <Confirm
      open
      onOpenChange={onClose}
      title={t('sources.deletionsTitle', { count })}
      consequence={t('sources.deletionsText', { name: row.name, count })}
      action={t('common.delete')}
      busy={act.isPending}
      onConfirm={() => act.mutate({ row, what: 'allow' }, { onSuccess: onClose })}
    />
  );
}
