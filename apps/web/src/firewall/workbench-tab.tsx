import { FIREWALL_ROLES, FIREWALL_TEXT_LIMIT } from '@lorekeep/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Marked } from '../admin/try-box.js';
import { Badge } from '../kit/badge.js';
import { Button } from '../kit/button.js';
import { call, type ResponseOf } from '../kit/call.js';
import { Field, Select, TextArea } from '../kit/field.js';
import { useTexts } from '../locales/use-texts.js';
import { Judged } from './judged.js';
import { KeepCase } from './keep-case.js';
import { Mistakes } from './mistakes.js';
import type { DraftException, DraftSetup } from './use-setup.js';
import { useViewName } from './use-view-name.js';

type Result = ResponseOf<'POST /api/admin/firewall/try'>;
type Role = (typeof FIREWALL_ROLES)[number];

interface Props {
  /** null: nothing is changed. */
  draft: DraftSetup | null;
  onExcept: (exception: Partial<DraftException>) => void;
}

/** A text, how it was read, and what is decided about it now and under the draft. */
export function WorkbenchTab({ draft, onExcept }: Props) {
  const { t } = useTexts();
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role>('user');
  const attempt = useMutation({
    mutationFn: (asked: { text: string; role: Role }) =>
      call('POST /api/admin/firewall/try', { body: { ...asked, draft } }),
  });
  return (
    <>
      <p className="text-13 text-text-2">{t('firewall.bench.note')}</p>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim()) attempt.mutate({ text, role });
        }}
      >
        <Field label={t('firewall.bench.text')}>
          {(field) => (
            <TextArea
              {...field}
              rows={5}
              maxLength={FIREWALL_TEXT_LIMIT}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap items-end gap-3">
          <Field label={t('firewall.bench.role')}>
            {(field) => (
              <Select
                {...field}
                fit
                value={role}
                onChange={({ target }) =>
                  setRole(FIREWALL_ROLES.find((each) => each === target.value) ?? 'user')
                }
              >
                {FIREWALL_ROLES.map((each) => (
                  <option key={each} value={each}>
                    {t(`firewall.bench.roles.${each}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Button type="submit" tone="primary" disabled={!text.trim()} busy={attempt.isPending}>
            {t('firewall.bench.try')}
          </Button>
        </div>
      </form>
      {attempt.error && <Mistakes error={attempt.error} draft={draft} />}
      <div aria-live="polite" className="flex flex-col gap-4">
        {attempt.data && attempt.variables && (
          <Shown result={attempt.data} tried={attempt.variables} onExcept={onExcept} />
        )}
      </div>
    </>
  );
}

function Shown({
  result,
  tried,
  onExcept,
}: {
  result: Result;
  tried: { text: string; role: Role };
  onExcept: Props['onExcept'];
}) {
  const { t } = useTexts();
  const viewName = useViewName();
  const { current, draft, views } = result;
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <Judged title={t('firewall.bench.current')} judged={current} {...tried} onExcept={onExcept} />
        {draft && <Judged title={t('firewall.bench.draft')} judged={draft} {...tried} onExcept={onExcept} />}
      </div>
      <KeepCase
        key={`${tried.role} ${tried.text} ${current.action} ${draft?.action ?? ''}`}
        {...tried}
        inForce={current.shadow ?? current.action}
        drafted={draft ? (draft.shadow ?? draft.action) : null}
      />
      <section aria-label={t('firewall.bench.views')} className="flex flex-col gap-3 text-13">
        <h2 className="text-14 font-semibold">{t('firewall.bench.views')}</h2>
        <div>
          <p className="mb-1 text-12 font-medium text-text-2">{t('firewall.bench.original')}</p>
          <Marked text={tried.text} hits={current.hits} />
        </div>
        {views.map(({ name, text, evident }) => (
          <div key={name + text}>
            <p className="mb-1 flex items-center gap-2 text-12 font-medium text-text-2">
              {name === 'canonical' ? t('firewall.bench.canonical') : viewName(name)}
              {!evident && <Badge>{t('firewall.bench.guess')}</Badge>}
            </p>
            <Marked
              text={text}
              hits={(draft ?? current).hits
                .filter(({ view }) => view === name)
                .flatMap(({ inView }) => (inView ? [inView] : []))}
            />
          </div>
        ))}
      </section>
    </>
  );
}
