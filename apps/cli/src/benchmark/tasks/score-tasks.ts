import type { Failure } from '../answer-record.js';
import type { TaskReport } from '../bench-report.js';
import { streamAnswer, type StreamParts } from '../stream-answer.js';
import type { Target } from '../target.js';
import { CODE_TASKS } from './code-tasks.js';
import { MATHEMATICS_TASKS } from './mathematics-tasks.js';
import type { Task } from './task.js';
import { WRITING_TASKS } from './writing-tasks.js';

export const TASKS: readonly Task[] = [...MATHEMATICS_TASKS, ...CODE_TASKS, ...WRITING_TASKS];

/** Room for a model that reasons before it answers. */
const ANSWER_TOKENS = 4_096;
/** Greedy, so that a score can be had again. */
const TEMPERATURE = 0;
const AT_ONCE = 4;

/** Says nothing about what the model can. */
const NOT_THE_MODELS: ReadonlySet<Failure> = new Set<Failure>([
  ...(['connection', 'too-many', 'busy', 'server-error', 'cut', 'aborted'] as const),
]);

/** Asks every task once and checks the answer; what the reasoning says does not count. Tasks that the server did not answer are left out. */
export async function scoreTasks(model: string, target: Target, parts: StreamParts): Promise<TaskReport[]> {
  const reports = new Map<Task, TaskReport>();
  const waiting = [...TASKS];
  const worker = async (): Promise<void> => {
    for (let task = waiting.shift(); task && !parts.signal.aborted; task = waiting.shift()) {
      const report = await scoreTask(task, model, target, parts);
      if (report) reports.set(task, report);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return TASKS.flatMap((task) => reports.get(task) ?? []);
}

async function scoreTask(
  task: Task,
  model: string,
  target: Target,
  parts: StreamParts,
): Promise<TaskReport | undefined> {
  const { id, kind, prompt, passes } = task;
  const ask = { model, prompt, outputTokens: ANSWER_TOKENS, temperature: TEMPERATURE, free: true };
  const answer = await streamAnswer(target, ask, parts);
  if (!answer || (answer.failure && NOT_THE_MODELS.has(answer.failure))) return undefined;
  if (answer.failure)
    return { id, kind, passes, passed: false, reason: `${answer.failure}: ${answer.detail ?? ''}` };
  const verdict = await task.check(answer.text);
  return { id, kind, passes, passed: verdict.passed, reason: verdict.passed ? '' : verdict.reason };
}
