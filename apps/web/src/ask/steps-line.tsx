import { ChevronRight, LoaderCircle, Quote } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { classNames } from '../kit/class-names.js';
import { useFormats } from '../kit/format.js';
import { isLive, type Answer } from './answer-state.js';

/** Under the name that the gateway gives its own driver. */
const isExtractive = (answer: Answer) => answer.driver === 'extractive' || answer.model === 'extractive';

/** One line: what has been done and what is going on; opened, the steps with their times. Its height never changes. */
export function StepsLine({ answer }: { answer: Answer }) {
  const { t } = useTexts();
  const formats = useFormats();
  const live = isLive(answer);
  const summary = useSummary(answer);
  const extractive = isExtractive(answer);
  if (!live && answer.steps.length === 0 && !extractive) return null;
  return (
    <div className="mb-2 flex min-h-6 flex-wrap items-start gap-x-3 gap-y-1 text-13 text-text-2">
      {(live || answer.steps.length > 0) && (
        <details className="group min-w-0">
          <summary className="flex h-6 w-fit list-none items-center gap-1.5 rounded-sm hover:text-text-0 [&::-webkit-details-marker]:hidden">
            {live ? (
              <LoaderCircle size={13} className="animate-spin" aria-hidden="true" />
            ) : (
              <ChevronRight
                size={13}
                className="transition-transform duration-100 group-open:rotate-90"
                aria-hidden="true"
              />
            )}
            <span role={live ? 'status' : undefined}>{summary}</span>
          </summary>
          <ol className="mt-1 mb-1 ml-[5px] flex flex-col gap-0.5 border-l pl-3 text-12">
            {answer.steps.map((step, at) => (
              <li
                key={at}
                className={classNames('flex justify-between gap-6', step.state === 'skipped' && 'opacity-70')}
              >
                <span>
                  {t(`ask.steps.${step.step}`)}
                  {step.state === 'skipped' && ` · ${t('ask.steps.skipped')}`}
                </span>
                <span className="tabular-nums">{formats.milliseconds(step.milliseconds)}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
      {extractive && (
        <span className="flex h-6 items-center gap-1.5 text-warn">
          <Quote size={13} aria-hidden="true" />
          {t('ask.extractive')}
        </span>
      )}
    </div>
  );
}

function useSummary(answer: Answer): string {
  const { t } = useTexts();
  const done = (name: string) => answer.steps.find((step) => step.step === name && step.state === 'done');
  const found = done('retrieval')?.facts?.['passages'];
  const parts: string[] = [];
  if (done('firewall')) parts.push(t('ask.steps.checkedShort'));
  if (typeof found === 'number') parts.push(t('ask.steps.found', { count: found }));
  if (isLive(answer)) {
    if (answer.phase === 'sending') parts.push(t('ask.steps.sending'));
    else if (answer.text) parts.push(t('ask.steps.writing'));
    else if (answer.waiting) parts.push(t('ask.steps.waiting', answer.waiting));
    else
      parts.push(
        t(
          done('retrieval')
            ? 'ask.steps.thinking'
            : done('firewall')
              ? 'ask.steps.searching'
              : 'ask.steps.checking',
        ),
      );
  }
  return parts.join(' · ') || t('ask.steps.title');
}
