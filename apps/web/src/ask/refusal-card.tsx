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
        <h3 className="text-14 font-semibold">{title}</h3>
        <p className="text-14 text-text-1">{useAdvice(refusal)}</p>
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

const KNOWN = [
  'QUOTA_REQUESTS_PER_MINUTE',
  'QUOTA_TOKENS_PER_DAY',
  'QUOTA_CONCURRENT',
  'FIREWALL_INJECTION',
  'FIREWALL_PROMPT_LEAK',
  'FIREWALL_PATH_TRAVERSAL',
  'FIREWALL_SQL',
  'FIREWALL_SECRET',
  'FIREWALL_SECRETS',
] as const;
const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;

function useTitle({ step, code }: Partial<RefusalEvent>): string {
  const { t } = useTexts();
  const known = KNOWN.find((each) => each === code);
  if (known) return t(`ask.refusal.codes.${known}`);
  const at = STEPS.find((each) => each === step);
  return at ? t(`ask.refusal.steps.${at}`) : t('ask.refusal.title');
}

/** The gateway's own words, except where the page can say it in the reader's language. */
function useAdvice({ step, text, facts }: Partial<RefusalEvent>): string {
  const { t } = useTexts();
  const formats = useFormats();
  if (step === 'quota') {
    const limit = facts?.['limit'];
    return typeof limit === 'number'
      ? t('ask.refusal.quotaLimit', { limit: formats.number(limit) })
      : t('ask.refusal.quotaAdvice');
  }
  if (step === 'firewall') return [text, t('ask.refusal.firewallAdvice')].filter(Boolean).join(' ');
  return text ?? t('ask.refusal.advice');
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
