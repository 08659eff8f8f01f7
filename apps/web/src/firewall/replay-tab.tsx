import { useState } from 'react';
import { useMay } from '../app/person.js';
import { Button } from '../kit/button.js';
import { Field, Input } from '../kit/field.js';
import { Foreign } from '../kit/foreign.js';
import { useFormats } from '../kit/format.js';
import { Progress } from '../kit/progress.js';
import { Notice } from '../kit/states.js';
import { Time } from '../kit/time.js';
import { useTexts } from '../locales/use-texts.js';
import { ActionBadge } from './action-badge.js';
import { Mistakes } from './mistakes.js';
import { useReplay, type Replay } from './use-replay.js';
import { useRuleName } from './use-names.js';
import type { Action, DraftSetup } from './use-setup.js';

const DAY_MS = 86_400_000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
const beginOf = (day: string) => new Date(`${day}T00:00:00`).toISOString();
const endOf = (day: string) => new Date(`${day}T23:59:59.999`).toISOString();

/** Questions of a period under the draft: how many would be decided otherwise, and which. */
export function ReplayTab({ draft, dirty }: { draft: DraftSetup; dirty: boolean }) {
  const { t } = useTexts();
  const may = useMay();
  const [from, setFrom] = useState(dayBefore(1));
  const [to, setTo] = useState(dayBefore(0));
  const [replayed, setReplayed] = useState<DraftSetup | null>(null);
  const { replay, error, start, stop } = useReplay();
  const days = [
    ['firewall.replay.from', from, setFrom],
    ['firewall.replay.to', to, setTo],
  ] as const;
  return (
    <>
      <p className="max-w-[75ch] text-13 text-text-2">
        {t('firewall.replay.note')} {t('firewall.replay.scope')}
        {!may('audit.read') && ` ${t('firewall.replay.countsAlone')}`}
      </p>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setReplayed(draft);
          void start(draft, beginOf(from), endOf(to));
        }}
      >
        {days.map(([label, value, set]) => (
          <Field key={label} label={t(label)}>
            {(field) => (
              <Input {...field} fit type="date" value={value} onChange={({ target }) => set(target.value)} />
            )}
          </Field>
        ))}
        {replay?.state === 'running' ? (
          <Button onClick={stop}>{t('firewall.replay.stop')}</Button>
        ) : (
          <Button type="submit" tone="primary" disabled={!dirty || !from || !to || from > to}>
            {t('firewall.replay.start')}
          </Button>
        )}
      </form>
      {!dirty && <p className="text-13 text-text-2">{t('firewall.replay.needsDraft')}</p>}
      {error ? <Mistakes error={error} draft={replayed} /> : null}
      {replay && replayed !== draft && <Notice tone="warn">{t('firewall.replay.again')}</Notice>}
      {replay && <Result replay={replay} />}
    </>
  );
}

function Result({ replay }: { replay: Replay }) {
  const { t } = useTexts();
  const formats = useFormats();
  const { counts, read, unkept, changed, byRule, progress, state } = replay;
  const changes = Object.entries(counts)
    .map(([change, count]) => ({ actions: change.split('>') as [Action, Action], count }))
    .filter(({ actions: [before, after] }) => before !== after);
  return (
    <section aria-live="polite" className="flex flex-col gap-3 text-13">
      {state === 'running' && <Progress label={t('firewall.tabs.replay')} value={progress} />}
      <p>
        {t('firewall.replay.read', { count: read })}
        {unkept > 0 && ` ${t('firewall.replay.unkept', { count: unkept })}`}
      </p>
      {state === 'most' && <Notice>{t('firewall.replay.most', { count: read })}</Notice>}
      {state === 'done' && read === 0 && <p>{t('firewall.replay.nothing')}</p>}
      {state !== 'running' && read > 0 && changes.length === 0 && <p>{t('firewall.replay.same')}</p>}
      <ul className="flex flex-col gap-1">
        {changes.map(({ actions: [before, after], count }) => (
          <li key={before + after} className="flex items-center gap-2">
            <ActionBadge action={before} /> → <ActionBadge action={after} />
            <span className="tabular-nums">{formats.number(count)}</span>
          </li>
        ))}
      </ul>
      <ChangedByRule byRule={byRule} />
      {changed.length > 0 && (
        <>
          <h2 className="text-14 font-semibold">{t('firewall.replay.sample')}</h2>
          <ul className="divide-y border-y">
            {changed.map(({ reference, text, before, after, at, rules }) => (
              <li key={reference} className="flex flex-col gap-1 py-2">
                <p className="break-words">
                  <Foreign text={text} />
                </p>
                <p className="flex flex-wrap items-center gap-2 text-12 text-text-2">
                  <ActionBadge action={before} /> → <ActionBadge action={after} /> <Time value={at} />
                  <code className="font-mono break-all">{rules.join(' ')}</code>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** The rules that decide about the questions which change, most first. */
function ChangedByRule({ byRule }: Pick<Replay, 'byRule'>) {
  const { t } = useTexts();
  const formats = useFormats();
  const nameOf = useRuleName();
  const rules = Object.entries(byRule).toSorted(([, one], [, other]) => other - one);
  if (rules.length === 0) return null;
  return (
    <section aria-label={t('firewall.replay.byRule')}>
      <h2 className="text-14 font-semibold">{t('firewall.replay.byRule')}</h2>
      <ul className="divide-y border-y">
        {rules.map(([rule, count]) => (
          <li key={rule} className="flex flex-wrap items-baseline gap-x-3 py-1">
            <span>{nameOf(rule)}</span>
            <code className="min-w-40 flex-1 font-mono text-12 break-all text-text-2">{rule}</code>
            <span className="tabular-nums">{formats.number(count)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
