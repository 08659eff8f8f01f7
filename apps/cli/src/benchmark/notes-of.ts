import type { BenchReport } from './bench-report.js';
import { levelName, percent } from './figure-texts.js';

/** Above this a single-threaded client begins to measure itself. */
const BUSY = 0.7;

/** What a reader of the figures must know. */
export function notesOf(report: BenchReport): string[] {
  const { models, settings } = report;
  const doors = new Set(settings.targets.map(({ kind }) => kind));
  const estimated = models
    .filter(({ promptTokens }) => promptTokens === 'estimated')
    .map(({ model }) => model);
  const busy = models.flatMap(({ levels }) => levels.filter(({ clientBusy }) => clientBusy > BUSY));
  const unforced = models.flatMap(({ model, ownEnds }) => ownEnds.map((label) => `${model} at ${label}`));
  return [
    ...models.flatMap(({ remarks }) => remarks),
    ...unforced.map(
      (where) =>
        `${where} cannot be driven past the end of an answer (ignore_eos): answers may be shorter; their pace is compared all the same.`,
    ),
    ...busy.map(
      (level) =>
        `${levelName(level)}, ${level.target}: the measuring process itself was busy (${percent(level.clientBusy)} of a processor); the times hold some of its own.`,
    ),
    ...(models.some(({ memoryAtRest, cardsAtRest }) => memoryAtRest !== null && memoryAtRest === cardsAtRest)
      ? [
          'Memory is that of all cards of this machine, with everything that runs on them: no engine host told what is the model’s own.',
        ]
      : []),
    ...(estimated.length > 0
      ? [
          `Nothing counts tokens for ${estimated.join(', ')}: the length of the prompts is estimated, a word a token.`,
        ]
      : []),
    ...(doors.has('through')
      ? [
          'A gateway takes no ignore_eos: answers through it may be shorter; their pace is compared all the same.',
        ]
      : []),
    ...(models.some(({ shares }) => shares.some(({ basis }) => basis === 'first text'))
      ? [
          'A gateway keeps reasoning to itself: its first token is the first text of the answer and is compared with that; its TPOT is divided by tokens that were not shown, so compare E2EL.',
        ]
      : []),
    ...missingStarts(models),
    ...(models.some(({ cardsAtRest }) => cardsAtRest === null)
      ? [
          'Memory at load is not known: nvidia-smi finds no cards on this machine. At rest it is what an engine host tells of its own.',
        ]
      : []),
    ...unasked(settings),
    ...(models.some(({ coldStartSeconds }) => coldStartSeconds !== null)
      ? ['Cold start is the last start by the engine host of this machine, until its first right answer.']
      : []),
  ];
}

/** One line for all models of which the same is true. */
function missingStarts(models: BenchReport['models']): string[] {
  const byReason = new Map<string, string[]>();
  for (const { model, coldStartMissing } of models)
    if (coldStartMissing !== null)
      byReason.set(coldStartMissing, [...(byReason.get(coldStartMissing) ?? []), model]);
  return [...byReason].map(([why, names]) => `The cold start of ${names.join(', ')} is not known: ${why}.`);
}

function unasked({ sweepMax, tasks }: BenchReport['settings']): string[] {
  const parts = [
    ...(sweepMax === undefined ? ['the highest stable concurrency (--sweep)'] : []),
    ...(tasks ? [] : ['the scores (--tasks)']),
  ];
  return parts.length === 0 ? [] : [`Not asked for: ${parts.join(', ')}.`];
}
