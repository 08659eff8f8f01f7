import type { EngineInstance } from '@lorekeep/contracts';
import { Badge, type BadgeTone } from '../kit/badge.js';
import { useFormats } from '../kit/format.js';
import { Progress } from '../kit/progress.js';
import { useTexts } from '../locales/use-texts.js';

const TONES: Partial<Record<EngineInstance['state'], BadgeTone>> = {
  ready: 'good',
  backoff: 'warn',
  draining: 'warn',
  failed: 'bad',
  stopped: 'bad',
};

/** A model as its engine host runs it: how far its start is, what was lowered, and what ended it. */
export function Instance({ instance }: { instance: EngineInstance }) {
  const { t, say } = useTexts();
  const formats = useFormats();
  const { model, state, progress, rung, rungs, restarts, context, sequences, utilization } = instance;
  const time = (at: number) => formats.dateTime(new Date(at).toISOString());
  const { reason, retryAt } = state === 'ready' ? { reason: null, retryAt: null } : instance;
  return (
    <li>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <Badge tone={TONES[state] ?? 'plain'}>{t(`models.engine.states.${state}`)}</Badge>
        <span className="font-mono break-all">{model}</span>
        <span className="text-text-2">
          {t('models.engine.plan', {
            context: formats.number(context),
            sequences: formats.number(sequences),
            share: formats.number(Math.round(utilization * 100)),
          })}
        </span>
        {restarts > 0 && (
          <span className="text-text-2">
            {t('models.engine.restarts', { restarts: formats.number(restarts) })}
          </span>
        )}
      </p>
      {progress && <Start model={model} progress={progress} />}
      {reason !== null && (
        <p className="break-words text-text-2">{t('models.engine.reason', { reason: say(reason) })}</p>
      )}
      {retryAt !== null && <p className="text-text-2">{t('models.engine.again', { time: time(retryAt) })}</p>}
      {rung > 0 && <p className="text-warn">{t('models.engine.rung', { rung: formats.number(rung) })}</p>}
      {rungs.length > 0 && (
        <details className="text-text-2">
          <summary>{t('models.engine.rungs')}</summary>
          <ol className="list-disc pl-5">
            {rungs.map(({ at, text }) => (
              <li key={`${at} ${text}`} className="break-words">
                {time(at)}
                {t('common.colon')}
                {say(text)}
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

function Start({ model, progress }: { model: string; progress: NonNullable<EngineInstance['progress']> }) {
  const { t } = useTexts();
  const formats = useFormats();
  const { stage, percent, remainingSeconds } = progress;
  const far = [
    t('models.engine.progress', {
      percent: formats.number(percent),
      stage: t(`models.engine.stages.${stage}`),
    }),
    ...(remainingSeconds === null
      ? []
      : [t('models.engine.left', { time: formats.seconds(remainingSeconds) })]),
  ];
  return (
    <div className="max-w-md">
      <Progress label={t('models.engine.start', { model })} value={percent} max={100} />
      <p className="text-text-2">{far.join(t('common.listSeparator'))}</p>
    </div>
  );
}
