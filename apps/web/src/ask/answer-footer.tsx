import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCw, ThumbsDown, ThumbsUp } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { Button, IconButton } from '../kit/button.js';
import { call } from '../kit/call.js';
import { CopyButton } from '../kit/copy-button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { useFormats } from '../kit/format.js';
import { useToast } from '../kit/toast.js';
import type { Answer } from './answer-state.js';
import { copyText } from './copy-text.js';
import { Field, TextArea } from '../kit/field.js';

interface Props {
  answer: Answer;
  onAskAgain?: (() => void) | undefined;
}

/** Copy, rate, ask again; and what the answer cost. */
export function AnswerFooter({ answer, onAskAgain }: Props) {
  const { t } = useTexts();
  const rating = useRating(answer);
  return (
    <footer className="mt-3 max-w-[68ch]">
      <div className="-ml-2 flex min-h-8 flex-wrap items-center gap-x-0.5">
        <CopyButton
          iconOnly
          label={t('ask.copy')}
          text={() => copyText(answer, t('ask.sources'), (page) => t('ask.page', { page }))}
        />
        {answer.messageId && (
          <>
            <IconButton
              label={t('ask.rating.good')}
              icon={<ThumbsUp size={15} />}
              aria-pressed={rating.value === 'good'}
              onClick={() => rating.rate(rating.value === 'good' ? null : 'good')}
            />
            <IconButton
              label={t('ask.rating.bad')}
              icon={<ThumbsDown size={15} />}
              aria-pressed={rating.value === 'bad'}
              onClick={() => rating.rate(rating.value === 'bad' ? null : 'bad')}
            />
          </>
        )}
        {onAskAgain && (
          <IconButton label={t('ask.askAgain')} icon={<RotateCw size={15} />} onClick={onAskAgain} />
        )}
        <Facts answer={answer} />
      </div>
      {rating.asksWhy && <Reason onSend={rating.explain} onClose={rating.close} />}
    </footer>
  );
}

function Facts({ answer }: { answer: Answer }) {
  const { t } = useTexts();
  const formats = useFormats();
  const facts = [
    answer.model,
    answer.tokens
      ? t('ask.tokens', {
          count: answer.tokens,
          shown: `${answer.tokensEstimated ? '≈ ' : ''}${formats.number(answer.tokens)}`,
        })
      : null,
    answer.seconds === null ? null : formats.seconds(answer.seconds),
  ].filter(Boolean);
  return (
    <span
      className="ml-auto pl-2 text-12 text-text-2 tabular-nums"
      title={answer.reference ? `${t('common.reference')} ${answer.reference}` : undefined}
    >
      {facts.join(' · ')}
    </span>
  );
}

function useRating(answer: Answer) {
  const toast = useToast();
  const line = useErrorLine();
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<'good' | 'bad' | null | undefined>();
  const [asksWhy, setAsksWhy] = useState(false);
  const { mutate } = useMutation({
    mutationFn: (body: { rating: 'good' | 'bad' | null; reason?: string }) =>
      call('PUT /api/messages/:id/rating', { params: { id: answer.messageId ?? '' }, body }),
    onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['conversation'] }),
    onError: (error) => {
      setChosen(undefined);
      toast(line(error));
    },
  });
  return {
    value: chosen === undefined ? answer.rating : chosen,
    asksWhy,
    rate(rating: 'good' | 'bad' | null) {
      setChosen(rating);
      setAsksWhy(rating === 'bad');
      mutate({ rating });
    },
    explain(reason: string) {
      setAsksWhy(false);
      mutate({ rating: 'bad', reason });
    },
    close: () => setAsksWhy(false),
  };
}

const REASON_LIMIT = 2_000;

function Reason({ onSend, onClose }: { onSend: (reason: string) => void; onClose: () => void }) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  return (
    <form
      className="mt-2 flex flex-col gap-2 rounded-md border p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) onSend(text.trim());
      }}
    >
      <Field label={t('ask.rating.why')}>
        {(field) => (
          <TextArea
            {...field}
            autoFocus
            rows={2}
            maxLength={REASON_LIMIT}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" tone="primary" disabled={!text.trim()}>
          {t('ask.rating.send')}
        </Button>
        <Button tone="quiet" onClick={onClose}>
          {t('ask.rating.skip')}
        </Button>
      </div>
    </form>
  );
}
