import type { RefusalEvent } from '@lorekeep/contracts';
import { Ban, Hourglass, type LucideIcon } from 'lucide-react';
import { useTexts } from '../locales/use-texts.js';
import { Button } from '../kit/button.js';
import { useFormats } from '../kit/format.js';
import { Reference } from '../kit/states.js';
import { useSecondsLeft } from '../kit/time.js';

interface Props {
  refusal: Partial<RefusalEvent>;
  endedAt: number | null;
  onAskAgain?: (() => void) | undefined;
}

/** What kind of thing was refused and what to do instead; for a quota, when it returns. */
export function RefusalCard({ refusal, endedAt, onAskAgain }: Props) {
  const { t } = useTexts();
  const quota = refusal.step === 'quota';
  const title = useTitle(refusal);
  const Icon: LucideIcon = quota ? Hourglass : Ban;
  return (
    <section
      role="group"
      aria-label={title}
      className="flex max-w-[68ch] gap-3 rounded-md border bg-surface-1 p-4"
    >
      <Icon size={18} className="mt-0.5 shrink-0 text-warn" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <h2 className="text-14 font-semibold">{title}</h2>
        <p className="text-14 text-text-1">{refusal.text ?? t('ask.refusal.advice')}</p>
        {quota && refusal.retryAfter !== undefined && endedAt !== null ? (
          <Countdown until={endedAt + refusal.retryAfter * 1000} onAskAgain={onAskAgain} />
        ) : null}
        {refusal.reference && <Reference value={refusal.reference} />}
        {!quota && onAskAgain && (
          <Button className="self-start" onClick={onAskAgain}>
            {t('ask.editAndAsk')}
          </Button>
        )}
      </div>
    </section>
  );
}

const QUOTAS = ['QUOTA_REQUESTS_PER_MINUTE', 'QUOTA_TOKENS_PER_DAY', 'QUOTA_CONCURRENT'] as const;
const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;

/** What kind of thing; the gateway's own sentence stands beneath. */
function useTitle({ step, code }: Partial<RefusalEvent>): string {
  const { t } = useTexts();
  const quota = QUOTAS.find((each) => each === code);
  if (quota) return t(`ask.refusal.codes.${quota}`);
  const at = STEPS.find((each) => each === step);
  return at ? t(`ask.refusal.steps.${at}`) : t('ask.refusal.title');
}

const HOUR_S = 3_600;

function Countdown({ until, onAskAgain }: { until: number; onAskAgain?: (() => void) | undefined }) {
  const { t } = useTexts();
  const formats = useFormats();
  const left = useSecondsLeft(until);
  const clock =
    left >= HOUR_S ? t('ask.refusal.returnsAt', { time: formats.clock(until) }) : minutesAndSeconds(left);
  return (
    <div className="flex flex-wrap items-center gap-3">
      {left > 0 && (
        <span className="text-14 tabular-nums" role="timer">
          {left >= HOUR_S ? clock : t('ask.refusal.returnsIn', { time: clock })}
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

const minutesAndSeconds = (seconds: number) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
