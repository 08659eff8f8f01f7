import type { WordRow } from '@lorekeep/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '../kit/button.js';
import { call } from '../kit/call.js';
import { classNames } from '../kit/class-names.js';
import { useErrorLine } from '../kit/describe-error.js';
import { Dialog } from '../kit/dialog.js';
import { Checkbox, Field, Input, Select, TextArea } from '../kit/field.js';
import { Notice } from '../kit/states.js';
import { useToast } from '../kit/toast.js';
import { useTexts } from '../locales/use-texts.js';
import { InForce } from '../scanner/in-force.js';
import { GENERAL, useScannerNames } from '../scanner/use-scanner-names.js';
import { parseWords, WORDS_AT_ONCE, type ParsedWords } from './parse-words.js';
import { isBroad } from './use-word-acts.js';
import { WORD_ACTIONS } from './word-columns.js';

type Matching = 'automatic' | 'whole' | 'anywhere';
const WHOLE_WORD: Record<Matching, boolean | null> = { automatic: null, whole: true, anywhere: false };

/** What all words of one import have in common. */
interface Shared {
  category: string;
  action: WordRow['action'];
  matching: Matching;
  /** An exception: what lies within it is not forbidden. */
  allow: boolean;
}

/** Adds words: typed, or a list pasted in. Says first what would be added. */
export function WordsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTexts();
  const toast = useToast();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const [shared, setShared] = useState<Shared>({
    category: '',
    action: 'redact',
    matching: 'automatic',
    allow: false,
  });
  const names = useScannerNames();
  const parsed = useMemo(() => parseWords(text), [text]);
  const add = useMutation({
    mutationFn: (confirmed: boolean) => {
      const { category, action, matching, allow } = shared;
      const rest = { category: names.typed(category), action, wholeWord: WHOLE_WORD[matching], allow };
      return call('POST /api/admin/words', {
        body: { words: parsed.words.map((word) => ({ text: word, ...rest })), confirmed },
      });
    },
    onSuccess: ({ added, duplicates, instead }) => {
      void queryClient.invalidateQueries({ queryKey: ['words'] });
      const already =
        duplicates.length > 0 ? ` ${t('admin.words.already', { count: duplicates.length })}` : '';
      const decided = instead.map(
        ({ category, action }) =>
          ` ${t('scanner.policy.decides', { category: names.category(category), action: t(`scanner.actions.${action}`) })}`,
      );
      toast([t('admin.words.added', { count: added }), already, ...decided].join(''));
      onClose();
    },
  });
  const broad = broadOf(add.error, parsed.words);
  const reset = () => {
    if (add.error) add.reset();
  };
  const change = (next: Shared) => {
    reset();
    setShared(next);
  };
  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title={t('admin.words.add')}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            tone="primary"
            disabled={parsed.words.length === 0}
            busy={add.isPending}
            onClick={() => add.mutate(broad !== null)}
          >
            {broad
              ? t('admin.words.addAnyway')
              : parsed.words.length > 0
                ? t('admin.words.addCount', { count: parsed.words.length })
                : t('common.add')}
          </Button>
        </>
      }
    >
      <Field label={t('admin.words.list')} hint={t('admin.words.listHint')}>
        {(field) => (
          <TextArea
            {...field}
            autoFocus
            rows={7}
            value={text}
            onChange={(event) => {
              reset();
              setText(event.target.value);
            }}
            className="font-mono text-13"
          />
        )}
      </Field>
      <Preview parsed={parsed} />
      <WordOptions value={shared} onChange={change} />
      {!shared.allow && (
        <p className="text-12 text-text-2">{t(`admin.words.actionHints.${shared.action}`)}</p>
      )}
      {!shared.allow && <InForce category={names.typed(shared.category)} action={shared.action} />}
      <Checkbox
        label={t('admin.words.exceptions')}
        hint={t('admin.words.exceptionsHint')}
        checked={shared.allow}
        onChange={(event) => change({ ...shared, allow: event.target.checked })}
      />
      {add.error && <Refused error={add.error} broad={broad} />}
    </Dialog>
  );
}

/** Words that would hit nearly every answer, and have to be confirmed; null where it is nothing of the kind. */
function broadOf(error: unknown, words: readonly string[]): string[] | null {
  if (!isBroad(error)) return null;
  return (error.problem.errors ?? []).map(({ path }) => words[Number(path.split('.')[1])] ?? '');
}

/** Why nothing was added, or what has to be confirmed before it is. */
function Refused({ error, broad }: { error: unknown; broad: string[] | null }) {
  const { t } = useTexts();
  const line = useErrorLine();
  return (
    <Notice tone={broad ? 'warn' : 'bad'}>
      {broad ? t('admin.words.broad', { words: broad.join(' · ') }) : line(error)}
    </Notice>
  );
}

function Preview({ parsed }: { parsed: ParsedWords }) {
  const { t } = useTexts();
  const { repeated, tooLong, beyond } = parsed;
  if (repeated + tooLong + beyond === 0) return null;
  return (
    <Notice tone={tooLong + beyond > 0 ? 'warn' : 'info'}>
      {[
        repeated > 0 && t('admin.words.repeated', { count: repeated }),
        tooLong > 0 && t('admin.words.tooLong', { count: tooLong }),
        beyond > 0 && t('admin.words.beyond', { count: beyond, limit: WORDS_AT_ONCE }),
      ]
        .filter(Boolean)
        .join(' ')}
    </Notice>
  );
}

function WordOptions({ value, onChange }: { value: Shared; onChange: (value: Shared) => void }) {
  const { t } = useTexts();
  const general = useScannerNames().category(GENERAL);
  return (
    <div className={classNames('grid gap-4', value.allow ? 'sm:grid-cols-2' : 'sm:grid-cols-3')}>
      {!value.allow && (
        <Field label={t('admin.words.action')}>
          {(field) => (
            <Select
              {...field}
              value={value.action}
              onChange={(event) =>
                onChange({
                  ...value,
                  action: WORD_ACTIONS.find((each) => each === event.target.value) ?? 'redact',
                })
              }
            >
              {WORD_ACTIONS.map((each) => (
                <option key={each} value={each}>
                  {t(`admin.words.actions.${each}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      <Field label={t('admin.words.matching')}>
        {(field) => (
          <Select
            {...field}
            value={value.matching}
            onChange={(event) => onChange({ ...value, matching: event.target.value as Matching })}
          >
            {(Object.keys(WHOLE_WORD) as Matching[]).map((each) => (
              <option key={each} value={each}>
                {t(`admin.words.matchings.${each}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('admin.words.category')}>
        {(field) => (
          <Input
            {...field}
            maxLength={60}
            placeholder={general}
            value={value.category}
            onChange={(event) => onChange({ ...value, category: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
