import { useState, type ReactNode } from 'react';
import { Button } from '../kit/button.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Field, TextArea } from '../kit/field.js';
import { mergeSpans } from '../kit/merge-spans.js';
import { Notice } from '../kit/states.js';
import { unturned } from '../kit/unturned.js';
import { useTexts } from '../locales/use-texts.js';

const LIMIT = 100_000;

interface Props {
  title: string;
  hint: string;
  options?: ReactNode;
  busy: boolean;
  error: unknown;
  onTry: (text: string) => void;
  children: ReactNode;
}

/** Beside a list of rules: what they would do to a text. Nothing of it is kept. */
export function TryBox({ title, hint, options, busy, error, onTry, children }: Props) {
  const { t } = useTexts();
  const line = useErrorLine();
  const [text, setText] = useState('');
  return (
    <section aria-label={title} className="flex shrink-0 flex-col gap-3 lg:w-80 lg:border-l lg:pl-6">
      <h2 className="text-14 font-semibold">{title}</h2>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) onTry(text);
        }}
      >
        <Field label={t('admin.try.text')} hint={hint}>
          {(field) => (
            <TextArea
              {...field}
              rows={5}
              maxLength={LIMIT}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
        {options}
        <Button type="submit" className="self-start" disabled={!text.trim()} busy={busy}>
          {t('admin.try.action')}
        </Button>
      </form>
      {error ? <Notice tone="bad">{line(error)}</Notice> : null}
      <div aria-live="polite" className="flex flex-col gap-3 text-13">
        {children}
      </div>
    </section>
  );
}

/** A text with the found stretches marked; those that overlap are one. */
export function Marked({
  text: written,
  hits,
}: {
  text: string;
  hits: readonly { start: number; end: number }[];
}) {
  // As it is written, whatever it would look like: places in it stay where they are.
  const text = unturned(written);
  const parts: ReactNode[] = [];
  let at = 0;
  for (const hit of mergeSpans(hits, text.length)) {
    parts.push(text.slice(at, hit.start));
    parts.push(
      <mark key={hit.start} className="rounded-sm bg-bad-soft px-0.5 text-bad">
        {text.slice(hit.start, hit.end)}
      </mark>,
    );
    at = hit.end;
  }
  parts.push(text.slice(at));
  return (
    <p className="max-h-60 overflow-y-auto rounded-md border p-3 break-words whitespace-pre-wrap">{parts}</p>
  );
}
