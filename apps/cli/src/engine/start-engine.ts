import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostStatus, InstanceState } from '@lorekeep/engine';
import { systemClock } from '@lorekeep/kit/clock';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { startService, type ChildService } from '../services/child-service.js';
import { describeInstance, describeState } from './describe-instance.js';
import { wishSettings, type WishOptions } from './engine-wishes.js';
import { idsOf } from './find-models.js';
import { engineDoor, unknownModel, type EngineDoor } from './engine-door.js';

export interface StartEngineOptions extends WishOptions {
  readonly model?: readonly string[];
  readonly detach?: boolean;
}

const POLL_MS = 250;
/** Nothing changes any more without another command. */
const SETTLED: ReadonlySet<InstanceState> = new Set<InstanceState>(['ready', 'failed', 'stopped']);
/** vLLM drains and lets go of its cards; more than the longest drain is a hang. */
const STOP_MS = 3_700_000;
/** `engine stop`, or a signal of its own: a service manager must not begin it anew. */
const ASKED_TO_END = 'exit code 0';

/** Starts the host, or gives a running one these models, and shows how far they are until they are ready. */
export async function startEngine(context: CommandContext, options: StartEngineOptions): Promise<ExitCode> {
  const door = engineDoor(context);
  const ids = idsOf(options.model);
  const wishes = wishSettings(options);
  if (await door.status()) {
    if (!ids) throw new CliError('An engine host runs already: lorekeep engine status shows it.');
    if (Object.keys(wishes).length > 0)
      throw new CliError(
        'An engine host runs already, and how its models run is settled at its start: lorekeep engine stop, then start.',
        EXIT.USAGE,
      );
    await setModels(door, ids);
    return (await untilReady(context, door, undefined)) === 'failed' ? EXIT.FAILED : EXIT.OK;
  }
  const models = ids?.join(',') ?? context.environment['ENGINE_MODEL_IDS'] ?? '';
  if (models === '')
    throw new CliError('No model is named: --model gpt-oss-20b, or ENGINE_MODEL_IDS.', EXIT.USAGE);
  const host = launch(context, { ...wishes, ENGINE_DATA_DIR: door.dataDir, ENGINE_MODEL_IDS: models });
  try {
    const reached = await untilReady(context, door, host);
    if (reached === 'failed') {
      await host.stop(STOP_MS);
      return EXIT.FAILED;
    }
    if (options.detach) return EXIT.OK;
    context.progress.say('Ctrl-C ends it.');
    const how = await Promise.race([host.ended, interrupted(context.signal)]);
    if (how === ASKED_TO_END) {
      context.progress.say('The engine host was asked to end.');
      return EXIT.OK;
    }
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

/** Settings whose relative paths mean from here: the host runs in a folder of its own. */
function namesPath(name: string, value: string): boolean {
  return (
    /^ENGINE_(MODELS|CATALOGUE|TLS_CERT|TLS_KEY|TLS_CLIENT_CA|GATEWAY_CA|\w+_FILE)$/.test(name) ||
    (name === 'ENGINE_VLLM_PROGRAM' && value.includes('/'))
  );
}

function launch(
  context: CommandContext,
  settings: Record<string, string> & { ENGINE_DATA_DIR: string },
): ChildService {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(context.environment))
    if (value !== undefined && value !== '')
      environment[name] = namesPath(name, value) ? resolve(value) : value;
  const { checkout } = context.settings();
  return startService({
    name: 'engine',
    main: join(checkout, 'apps/engine/dist/main.js'),
    environment: { ...environment, ...settings },
    logs: join(settings.ENGINE_DATA_DIR, 'logs'),
  });
}

/** Begins a model, or an instance, of a running host again: one that was stopped, waits or gave up. */
export async function startModel(context: CommandContext, id: string): Promise<ExitCode> {
  const door = engineDoor(context);
  if (!(await door.status()))
    throw new CliError(`No engine host runs: lorekeep engine start --model ${id} begins one.`);
  const { status } = await door.post('/engine/start', { instance: id });
  if (status !== 200) throw new CliError(unknownModel(id), EXIT.USAGE);
  return (await untilReady(context, door, undefined, id)) === 'failed' ? EXIT.FAILED : EXIT.OK;
}

async function setModels(door: EngineDoor, models: readonly string[]): Promise<void> {
  const { status, body } = await door.post('/engine/models', { models });
  if (status === 202) return;
  const { sentences = ['The engine host refused the models.'] } = body as { sentences?: string[] };
  throw new CliError(sentences.join(' '));
}

/** Shows each change until every model (`only` this one) is ready, or has failed or was stopped; throws when the host ends before. */
async function untilReady(
  context: CommandContext,
  door: EngineDoor,
  host: ChildService | undefined,
  only?: string,
): Promise<'ready' | 'failed'> {
  let over: string | undefined;
  void host?.ended.then((how) => (over = how));
  const said = new Map<string, string>();
  for (;;) {
    context.signal.throwIfAborted();
    if (over !== undefined) throw new CliError(lastSentence(host?.tail() ?? '', over));
    const status = await door.status();
    if (status) show(context, status, said);
    const meant = status?.instances.filter(({ id, model }) => !only || only === id || only === model) ?? [];
    const states = meant.map(({ state }) => state);
    if (!status?.changing && states.length > 0 && states.every((state) => SETTLED.has(state)))
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
  if (how === ASKED_TO_END) return 'The engine host was asked to end while it started.';
  const found = /engine host cannot start: ([^]+)$/.exec(tail)?.[1]?.trim();
  return found ?? `The engine host ended while it started (${how}):\n${tail}`;
}

function interrupted(signal: AbortSignal): Promise<undefined> {
  return new Promise((done) => signal.addEventListener('abort', () => done(undefined), { once: true }));
}
