import type { SourceRow, SourceRun } from '@lorekeep/contracts';
import { Badge, type BadgeTone } from '../kit/badge.js';
import { useFormats } from '../kit/format.js';
import { Progress } from '../kit/progress.js';
import { useTexts } from '../locales/use-texts.js';
import { useArchiveUpload } from './archive-uploads.js';

const TONES: Record<SourceRun['state'], BadgeTone> = {
  queued: 'plain',
  running: 'accent',
  done: 'good',
  failed: 'bad',
  cancelled: 'plain',
  stopped: 'warn',
};
const COUNTS = ['added', 'changed', 'moved', 'deleted', 'skipped', 'failed'] as const;

/** State of a source in one badge, what is going on or what was wrong beneath. */
export function SourceState({ row }: { row: SourceRow }) {
  const { t } = useTexts();
  const { lastRun: run, state } = row;
  const sending = useArchiveUpload(row.id);
  if (sending) return <Sending share={sending.share} />;
  const runs = run?.state === 'running' || run?.state === 'queued';
  if (state !== 'active' && !runs && run?.state !== 'stopped')
    return <Badge tone={state === 'paused' ? 'warn' : 'plain'}>{t(`sources.states.${state}`)}</Badge>;
  if (!run) return <Badge>{t('sources.states.active')}</Badge>;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge tone={TONES[run.state]}>{t(`sources.runs.${run.state}`)}</Badge>
      {run.state === 'running' ? <UnderWay run={run} /> : <Reading row={row} />}
    </span>
  );
}

function UnderWay({ run }: { run: SourceRun }) {
  const { t } = useTexts();
  const formats = useFormats();
  const done = Math.min(run.processed, run.toProcess);
  return (
    <span className="flex min-w-0 flex-col text-12 text-text-2 tabular-nums">
      <span>
        {t(`sources.phases.${run.phase}`)}
        {run.toProcess > 0 &&
          ` ${t('sources.progress', { done: formats.number(done), all: formats.number(run.toProcess) })}`}
        {run.secondsLeft !== null && ` · ${t('sources.left', { time: formats.seconds(run.secondsLeft) })}`}
      </span>
      {run.toProcess > 0 && (
        <Progress label={t(`sources.phases.${run.phase}`)} max={run.toProcess} value={done} />
      )}
    </span>
  );
}

function Sending({ share }: { share: number }) {
  const { t } = useTexts();
  const percent = Math.round(share * 100);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <Badge tone="accent">{t('sources.sending')}</Badge>
      <Share label={t('sources.sending')} text={`${percent} %`} done={percent} all={100} />
    </span>
  );
}

/** After the sync: how many of its documents can be searched already. */
function Reading({ row }: { row: SourceRow }) {
  const { t } = useTexts();
  const formats = useFormats();
  const { taken, reading } = row.files;
  if (reading === 0) return null;
  const done = Math.max(0, taken - reading);
  const text = t('sources.documentsRead', { done: formats.number(done), count: taken });
  return <Share label={t('sources.phases.reading')} text={text} done={done} all={taken} />;
}

function Share({ label, text, done, all }: { label: string; text: string; done: number; all: number }) {
  return (
    <span className="flex min-w-24 flex-col text-12 text-text-2 tabular-nums">
      <span>{text}</span>
      <Progress label={label} max={all} value={done} />
    </span>
  );
}

/** What a sync did, without zeros. */
export function RunCounts({ run }: { run: SourceRun }) {
  const { t } = useTexts();
  const parts = COUNTS.filter((name) => run[name] > 0).map((name) =>
    t(`sources.counts.${name}`, { count: run[name] }),
  );
  if (parts.length === 0 && run.state === 'done')
    parts.push(t('sources.counts.unchanged', { count: run.unchanged }));
  return <>{parts.join(' · ')}</>;
}
