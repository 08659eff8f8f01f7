import type { DraftRow } from '@lorekeep/contracts';
import { useState } from 'react';
import { usePerson } from '../app/person.js';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { TextArea } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { readStored, writeStored } from '../kit/storage.js';
import { useTexts } from '../locales/use-texts.js';
import { useDraftActs } from './use-drafts.js';

const CONTENT_LIMIT = 100_000;

/** Changes the reply; what is typed survives a reload until it is saved or thrown away. */
export function DraftEditor({ row, onClose }: { row: DraftRow; onClose: () => void }) {
  const { t } = useTexts();
  const line = useErrorLine();
  const stored = `draft.${usePerson().id}.edit.${row.id}`;
  const [content, setContent] = useState(() => readStored(stored) ?? row.content);
  const { update } = useDraftActs(row.id, () => undefined);
  const close = () => {
    writeStored(stored, null);
    onClose();
  };
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ content }, { onSuccess: close });
      }}
    >
      <TextArea
        autoFocus
        aria-label={t('drafts.reply')}
        rows={16}
        maxLength={CONTENT_LIMIT}
        value={content}
        onChange={(event) => {
          setContent(event.target.value);
          writeStored(stored, event.target.value);
        }}
        className="text-16 leading-[1.6]"
      />
      {update.error && <Notice tone="bad">{line(update.error)}</Notice>}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={!content.trim()} busy={update.isPending}>
          {t('common.save')}
        </Button>
        <Button onClick={close}>{t('drafts.discard')}</Button>
      </div>
    </form>
  );
}
