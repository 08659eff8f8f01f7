import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { isLive } from '../ask/answer-state.js';
import { QUESTION_LIMIT } from '../ask/limits.js';
import { USAGE_KEY } from '../app/usage-left.js';
import { usePerson } from '../app/person.js';
import { Button } from '../kit/button.js';
import { Field, Input, Select, TextArea } from '../kit/field.js';
import { useFormats } from '../kit/format.js';
import { readStored, writeStored } from '../kit/storage.js';
import { useTexts } from '../locales/use-texts.js';
import { startDraft, useDraftRun } from './draft-run.js';
import { DraftAnswer } from './draft-answer.js';
import { messageKey } from './message-key.js';
import { DRAFTS } from './use-drafts.js';

const TONES = ['neutral', 'friendly', 'formal', 'brief'] as const;
type Tone = (typeof TONES)[number];
const INSTRUCTIONS_LIMIT = 2_000;

/** The customer's message in, a cited draft out. What was pasted survives a reload until a draft is made of it. */
export function NewDraft() {
  const { t } = useTexts();
  const formats = useFormats();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const stored = messageKey(usePerson().id);
  const run = useDraftRun();
  const [message, setMessage] = useState(() => readStored(stored) ?? '');
  const [tone, setTone] = useState<Tone>('neutral');
  const [instructions, setInstructions] = useState('');
  const live = run !== null && isLive(run.answer);
  const over = message.length - QUESTION_LIMIT;
  const ready = message.trim() !== '' && over <= 0 && !live;
  const change = (text: string) => {
    setMessage(text);
    writeStored(stored, text || null);
  };
  const write = () => {
    const extra = instructions.trim();
    const request = { customerMessage: message.trim(), tone, ...(extra ? { instructions: extra } : {}) };
    const onAccepted = (id: string) => {
      writeStored(stored, null);
      void queryClient.invalidateQueries({ queryKey: DRAFTS });
      void navigate({ to: '/drafts/{-$draftId}', params: { draftId: id } });
    };
    const onEnd = () => {
      for (const queryKey of [DRAFTS, ['draft'], USAGE_KEY]) void queryClient.invalidateQueries({ queryKey });
    };
    // The session's end is shown over the page; the message stays where it is.
    startDraft(request, { onAccepted, onEnd }).catch(() => undefined);
  };
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) write();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing)
          return;
        event.preventDefault();
        if (ready) write();
      }}
    >
      <Field
        label={t('drafts.customerMessage')}
        hint={t('drafts.customerMessageHint')}
        error={over > 0 ? t('ask.composer.tooLong', { over: formats.number(over) }) : null}
      >
        {(field) => (
          <TextArea
            {...field}
            autoFocus
            rows={12}
            value={message}
            onChange={(event) => change(event.target.value)}
            className="text-16 leading-[1.6]"
          />
        )}
      </Field>
      <Options tone={tone} onTone={setTone} instructions={instructions} onInstructions={setInstructions} />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          tone="primary"
          className="h-9 px-4"
          icon={<PenLine size={15} />}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          disabled={!ready}
          busy={live}
        >
          {t('drafts.write')}
        </Button>
        <span className="text-12 text-text-2">{t('drafts.writeKeys')}</span>
      </div>
      {run && run.answer.messageId === null && <DraftAnswer answer={run.answer} />}
    </form>
  );
}

interface OptionsProps {
  tone: Tone;
  onTone: (tone: Tone) => void;
  instructions: string;
  onInstructions: (instructions: string) => void;
}

function Options({ tone, onTone, instructions, onInstructions }: OptionsProps) {
  const { t } = useTexts();
  return (
    <div className="grid gap-4 sm:grid-cols-[180px_1fr]">
      <Field label={t('drafts.tone')}>
        {(field) => (
          <Select
            {...field}
            value={tone}
            onChange={(event) => onTone(TONES.find((each) => each === event.target.value) ?? 'neutral')}
          >
            {TONES.map((each) => (
              <option key={each} value={each}>
                {t(`drafts.tones.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('drafts.instructions')}>
        {(field) => (
          <Input
            {...field}
            maxLength={INSTRUCTIONS_LIMIT}
            placeholder={t('drafts.instructionsHint')}
            value={instructions}
            onChange={(event) => onInstructions(event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
