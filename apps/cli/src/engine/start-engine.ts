import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostStatus } from '@lorekeep/engine';
import { systemClock } from '@lorekeep/kit/clock';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { startService, type ChildService } from '../services/child-service.js';
import { describeInstance, describeState } from './describe-instance.js';
import { idsOf } from './find-models.js';
import { engineDoor, type EngineDoor } from './engine-door.js';

export interface StartEngineOptions {
  readonly model?: readonly string[];
  readonly detach?: boolean;
}

const POLL_MS = 250;
/** vLLM drains and lets go of its cards; more than the longest drain is a hang. */
const STOP_MS = 3_700_000;

/** Starts the host, or gives a running one these models, and shows how far they are until they are ready. */
export async function startEngine(context: CommandContext, options: StartEngineOptions): Promise<ExitCode> {
  const door = engineDoor(context);
  const ids = idsOf(options.model);
  if (await door.status()) {
    if (!ids) throw new CliError('An engine host runs already: lorekeep engine status shows it.');
    await setModels(door, ids);
    await untilReady(context, door, undefined);
    return EXIT.OK;
  }
  const models = ids?.join(',') ?? context.environment['ENGINE_MODEL_IDS'] ?? '';
  if (models === '')
    throw new CliError('No model is named: --model gpt-oss-20b, or ENGINE_MODEL_IDS.', EXIT.USAGE);
  const host = launch(context, door.dataDir, models);
  try {
    const reached = await untilReady(context, door, host);
    if (reached === 'failed') {
      await host.stop(STOP_MS);
      return EXIT.FAILED;
    }
    if (options.detach) return EXIT.OK;
    context.progress.say('Ctrl-C ends it.');
    const how = await Promise.race([host.ended, interrupted(context.signal)]);
    if (how !== undefined) throw new CliError(`The engine host ended (${how}).\n${host.tail()}`);
  } catch (error) {
    if (!context.signal.aborted) {
      // Whoever is told that it did not start must not find it running.
      await host.stop(STOP_MS);
      throw error;
    }
  }
  context.progress.step('Ending; running answers come to their end first');
  await host.stop(STOP_MS);
  return EXIT.OK;
}

function launch(context: CommandContext, dataDir: string, models: string): ChildService {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(context.environment))
    if (value !== undefined && value !== '') environment[name] = value;
  const { checkout } = context.settings();
  return startService({
    name: 'engine',
    main: join(checkout, 'apps/engine/dist/main.js'),
    environment: { ...environment, ENGINE_DATA_DIR: dataDir, ENGINE_MODEL_IDS: models },
    logs: join(dataDir, 'logs'),
  });
}

async function setModels(door: EngineDoor, models: readonly string[]): Promise<void> {
  const { status, body } = await door.post('/engine/models', { models });
  if (status === 202) return;
  const { sentences = ['The engine host refused the models.'] } = body as { sentences?: string[] };
  throw new CliError(sentences.join(' '));
}

/** Shows each change until every model is ready or has failed; throws when the host ends before. */
async function untilReady(
  context: CommandContext,
  door: EngineDoor,
  host: ChildService | undefined,
): Promise<'ready' | 'failed'> {
  let over: string | undefined;
  void host?.ended.then((how) => (over = how));
  const said = new Map<string, string>();
  for (;;) {
    context.signal.throwIfAborted();
    if (over !== undefined) throw new CliError(lastSentence(host?.tail() ?? '', over));
    const status = await door.status();
    if (status) show(context, status, said);
    const states = status?.instances.map(({ state }) => state) ?? [];
    if (states.length > 0 && states.every((state) => state === 'ready' || state === 'failed'))
      return states.includes('failed') ? 'failed' : 'ready';
    await delay(POLL_MS);
  }
}

/** A line where the state, the stage or ten per cent have changed. */
function show(context: CommandContext, status: HostStatus, said: Map<string, string>): void {
  for (const instance of status.instances) {
    const { id, state, progress, reason } = instance;
    const sign = `${state} ${progress?.stage ?? ''} ${Math.floor((progress?.percent ?? 0) / 10)} ${reason ?? ''}`;
    if (said.get(id) === sign) continue;
    said.set(id, sign);
    const now = systemClock.now();
    context.progress.step(state === 'ready' ? describeInstance(instance, now) : describeState(instance, now));
  }
}

/** The host's own sentence on why it could not start, without its log around it. */
function lastSentence(tail: string, how: string): string {
  if (how === 'exit code 0') return 'The engine host was asked to end while it started.';
  const found = /engine host cannot start: ([^]+)$/.exec(tail)?.[1]?.trim();
  return found ?? `The engine host ended while it started (${how}):\n${tail}`;
}

function interrupted(signal: AbortSignal): Promise<undefined> {
  return new Promise((done) => signal.addEventListener('abort', () => done(undefined), { once: true }));
}
