import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { useTexts } from '../locales/use-texts.js';
import { usePerson } from '../app/person.js';
import { IconButton } from '../kit/button.js';
import { classNames } from '../kit/class-names.js';
import { useFormats } from '../kit/format.js';
import { AskOptionsPopover } from './ask-options.js';
import { draftKey, useDraft, writeDraft, type AskOptions } from './draft-store.js';
import { QUESTION_LIMIT } from './limits.js';

/** From here on the count is shown. */
const COUNT_FROM = QUESTION_LIMIT * 0.8;
const LINES = 8;
const LINE_PX = 24;

interface Props {
  conversationId: string | undefined;
  running: boolean;
  onAsk: (question: string, options: AskOptions) => void;
  onStop: () => void;
}

/** A field that is given the focus there opens the keyboard over half of the page. */
const isTouched = () => matchMedia('(pointer: coarse)').matches;

/** Where one goes on after a question that was asked elsewhere. */
export function focusComposer(): void {
  document.getElementById(isTouched() ? 'composer-act' : 'composer')?.focus({ preventScroll: true });
}

/** Enter asks, Shift+Enter breaks the line, Esc stops; what is written survives a reload and an expired session. */
export function Composer({ conversationId, running, onAsk, onStop }: Props) {
  const { t } = useTexts();
  const formats = useFormats();
  const key = draftKey(usePerson().id, conversationId);
  const draft = useDraft(key);
  const area = useRef<HTMLTextAreaElement>(null);
  const { length } = draft.text;
  const tooLong = length > QUESTION_LIMIT;
  const ready = draft.text.trim() !== '' && !tooLong && !running;

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, LINES * LINE_PX + 16)}px`;
  }, [draft.text]);
  useEffect(() => {
    if (!isTouched()) area.current?.focus({ preventScroll: true });
  }, [conversationId]);

  const ask = () => {
    if (!ready) return;
    const question = draft.text.trim();
    writeDraft(key, { text: '' });
    onAsk(question, draft.options);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter picks a word. Safari ends the composition before its Enter: 229 tells.
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      ask();
    }
  };
  return (
    <div className="mx-auto w-full max-w-[760px] px-4 pt-1 pb-3 sm:px-6">
      <div className="rounded-md border border-line-strong/60 bg-surface-0 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        <textarea
          ref={area}
          id="composer"
          rows={1}
          value={draft.text}
          onChange={(event) => writeDraft(key, { text: event.target.value })}
          onKeyDown={onKeyDown}
          aria-label={t('ask.composer.label')}
          aria-describedby="composer-note"
          aria-invalid={tooLong || undefined}
          placeholder={t('ask.composer.placeholder')}
          className="block w-full resize-none bg-transparent px-4 pt-3 pb-1 text-16 leading-6 outline-none"
        />
        <div className="flex items-center gap-1 px-2 pb-2">
          <AskOptionsPopover options={draft.options} onChange={(options) => writeDraft(key, { options })} />
          <span
            className={classNames(
              'ml-auto px-2 text-12 tabular-nums',
              tooLong ? 'font-medium text-bad' : 'text-text-2',
            )}
            role={tooLong ? 'alert' : undefined}
          >
            {length > COUNT_FROM &&
              (tooLong
                ? t('ask.composer.tooLong', { over: formats.number(length - QUESTION_LIMIT) })
                : `${formats.number(length)} / ${formats.number(QUESTION_LIMIT)}`)}
          </span>
          {running ? (
            <IconButton
              id="composer-act"
              label={t('ask.composer.stop')}
              icon={<Square size={13} fill="currentColor" />}
              onClick={onStop}
              tone="strong"
            />
          ) : (
            <IconButton
              id="composer-act"
              label={t('ask.composer.send')}
              icon={<ArrowUp size={17} />}
              disabled={!ready}
              onClick={ask}
              tone="primary"
            />
          )}
        </div>
      </div>
      <p id="composer-note" className="mt-1.5 hidden text-center text-12 text-text-2 sm:block">
        {t('ask.composer.note')}
      </p>
    </div>
  );
}
