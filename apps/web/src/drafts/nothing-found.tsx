import { useNavigate } from '@tanstack/react-router';
import { PenLine, SearchX } from 'lucide-react';
import { usePerson } from '../app/person.js';
import { Button } from '../kit/button.js';
import { writeStored } from '../kit/storage.js';
import { useTexts } from '../locales/use-texts.js';
import { messageKey } from './message-key.js';

/** The gateway's code for a reply that rests on no document. */
export const NOTHING_FOUND = 'DRAFT_NOTHING_FOUND';

/** No source, no reply: what came out is kept out of sight, since it must not look like one that may be sent. */
export function NothingFound({ text }: { text: string }) {
  const { t } = useTexts();
  return (
    <section aria-labelledby="nothing-title" className="flex gap-3 rounded-md border bg-surface-1 p-4">
      <SearchX size={18} className="mt-0.5 shrink-0 text-warn" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-2 text-14">
        <h3 id="nothing-title" className="font-semibold">
          {t('drafts.nothing.title')}
        </h3>
        <p className="text-text-1">{t('drafts.nothing.text')}</p>
        {text.trim() && (
          <details>
            <summary className="w-fit rounded-sm text-13 text-text-2 hover:text-text-0">
              {t('drafts.nothing.written')}
            </summary>
            <p className="mt-2 border-l pl-3 text-13 break-words whitespace-pre-wrap text-text-1">{text}</p>
          </details>
        )}
      </div>
    </section>
  );
}

/** Puts the message back where it can be changed. */
export function WriteAgain({ message }: { message: string }) {
  const { t } = useTexts();
  const stored = messageKey(usePerson().id);
  const navigate = useNavigate();
  return (
    <Button
      className="mt-4"
      icon={<PenLine size={14} />}
      onClick={() => {
        writeStored(stored, message);
        void navigate({ to: '/drafts/{-$draftId}', params: { draftId: undefined } });
      }}
    >
      {t('drafts.nothing.again')}
    </Button>
  );
}
