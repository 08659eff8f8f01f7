import type { RefusalEvent } from '@lorekeep/contracts';
import { Ban, Hourglass, type LucideIcon } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { Reference } from '../kit/states.js';
import { useSecondsLeft } from '../kit/time.js';
import { isQuotaCode, quotaFactsOf, type QuotaFacts } from './quota-facts.js';

interface Props {
  refusal: Partial<RefusalEvent>;
  endedAt: number | null;
  onAskAgain?: (() => void) | undefined;
}

const QUEUE_FULL = 'INFERENCE_QUEUE_FULL';

/** The same question may be let through later. */
export const passesByItself = ({ step, code }: Partial<RefusalEvent>) =>
  step === 'quota' || code === QUEUE_FULL;

/** What kind of thing was refused and what to do instead; for a quota, when it returns. */
export function RefusalCard({ refusal, endedAt, onAskAgain }: Props) {
  const { t, say } = useTexts();
  const passes = passesByItself(refusal);
  const facts = quotaFactsOf(refusal);
  const text = refusal.text && say(refusal.text, refusal.code);
  const returnsAt =
    facts?.resetsAt ??
    (refusal.retryAfter !== undefined && endedAt !== null ? endedAt + refusal.retryAfter * 1000 : null);
  const title = useTitle(refusal);
  const Icon: LucideIcon = passes ? Hourglass : Ban;
  return (
    <section
      role="group"
      aria-label={title}
      className="flex max-w-[68ch] gap-3 rounded-md border bg-surface-1 p-4"
    >
      <Icon size={18} className="mt-0.5 shrink-0 text-warn" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <h2 className="text-14 font-semibold">{title}</h2>
        <p className="text-14 text-text-1">
          {facts ? <QuotaReason facts={facts} /> : (text ?? t('ask.refusal.advice'))}
        </p>
        {passes && returnsAt !== null && !facts?.neverEnough && (
          <Countdown until={returnsAt} onAskAgain={onAskAgain} />
        )}
        {refusal.reference && <Reference value={refusal.reference} />}
        {!passes && onAskAgain && (
          <Button className="self-start" onClick={onAskAgain}>
            {t('ask.editAndAsk')}
          </Button>
        )}
      </div>
    </section>
  );
}

const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;

/** What kind of thing; the gateway's own sentence stands beneath. */
function useTitle({ step, code }: Partial<RefusalEvent>): string {
  const { t } = useTexts();
  if (isQuotaCode(code) || code === 'RETRIEVAL_WITHDRAWN' || code === QUEUE_FULL)
    return t(`ask.refusal.codes.${code}`);
  const at = STEPS.find((each) => each === step);
  return at ? t(`ask.refusal.steps.${at}`) : t('ask.refusal.title');
}

/** Whose limit, how much of it is left, and what this question would have needed. */
function QuotaReason({ facts }: { facts: QuotaFacts }) {
  const { t, language } = useTexts();
  const subject = t(`ask.refusal.subjects.${facts.subject}`);
  const { limit, left, requested } = facts;
  if (facts.code !== 'QUOTA_TOKENS_PER_DAY')
    return t(`ask.refusal.reasons.${facts.code}`, { subject, limit });
  const reason = t(`ask.refusal.reasons.${facts.code}`, { subject, limit, left, requested });
  if (!facts.neverEnough) return reason;
  return `${reason}${language === 'zh' ? '' : ' '}${t('ask.refusal.neverEnough')}`;
}

const HOUR_S = 3_600;

function Countdown({ until, onAskAgain }: { until: number; onAskAgain?: (() => void) | undefined }) {
  const { t } = useTexts();
  const formats = useFormats();
  const left = useSecondsLeft(until);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {left > 0 && (
        <span className="text-14 tabular-nums">
          {left >= HOUR_S && `${t('ask.refusal.returnsAt', { time: formats.moment(until, Date.now()) })} · `}
          <span role="timer">
            {t(left >= HOUR_S ? 'ask.refusal.countdown' : 'ask.refusal.returnsIn', { time: clockOf(left) })}
          </span>
        </span>
      )}
      {onAskAgain && (
        <Button disabled={left > 0} onClick={onAskAgain}>
          {t('ask.askAgain')}
        </Button>
      )}
    </div>
  );
}

const two = (value: number) => String(value).padStart(2, '0');
/** 5:07, or 11:05:07 from an hour on. */
function clockOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = two(seconds % 60);
  return seconds >= HOUR_S
    ? `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`
    : `${minutes}:${rest}`;
}
