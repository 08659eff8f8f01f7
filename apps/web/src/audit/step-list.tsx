import type { AuditRow } from '@lorekeep/contracts';
import { useMemo } from 'react';
import { classNames } from '../kit/class-names.js';
import { useFormats } from '../kit/format.js';
import { useTexts } from '../locales/use-texts.js';
import { stepsOfRecord, type RecordedStep, type StepState } from './steps-of-record.js';
import { useFactWords } from './use-fact-words.js';

const DOTS: Record<StepState, string> = {
  done: 'bg-good',
  refused: 'bg-warn',
  failed: 'bg-bad',
  skipped: 'bg-line-strong',
  'not-reached': 'border border-line-strong bg-surface-0',
};

/** The seven steps of a question, each with its time and what it found. */
export function StepList({ rows }: { rows: readonly AuditRow[] }) {
  const { t } = useTexts();
  const steps = useMemo(() => stepsOfRecord(rows), [rows]);
  return (
    <ol aria-label={t('audit.sevenSteps')} className="border-y text-13">
      {steps.map((step, at) => (
        <StepItem key={step.step} step={step} number={at + 1} />
      ))}
    </ol>
  );
}

function StepItem({ step, number }: { step: RecordedStep; number: number }) {
  const { t } = useTexts();
  const formats = useFormats();
  const words = useFactWords();
  const quiet = step.state === 'not-reached' || step.state === 'skipped';
  return (
    <li
      className={classNames(
        'grid grid-cols-[16px_1fr_auto] sm:grid-cols-[16px_110px_1fr_auto] items-baseline gap-x-3 border-b py-2 last:border-b-0',
        quiet && 'text-text-2',
      )}
    >
      <span
        className={classNames('mt-1.5 size-2 self-start rounded-full', DOTS[step.state])}
        aria-hidden="true"
      />
      <span className="font-medium">
        {number} {t(`audit.steps.${step.step}`)}
      </span>
      <span className="col-span-2 col-start-2 row-start-2 min-w-0 break-words text-text-1 empty:hidden sm:col-span-1 sm:col-start-3 sm:row-start-1">
        {step.state !== 'done' && <span className="font-medium">{t(`audit.states.${step.state}`)}</span>}
        {step.facts.map((fact, at) => (
          <span key={fact.name}>
            {(at > 0 || step.state !== 'done') && ' · '}
            <span className="text-text-2">{t(`audit.facts.${fact.name}`)}</span> {words(fact)}
          </span>
        ))}
      </span>
      <span className="col-start-3 row-start-1 text-right tabular-nums sm:col-start-4">
        {step.milliseconds === null ? '' : formats.milliseconds(step.milliseconds)}
      </span>
    </li>
  );
}
