import {
  checkBeforeStart,
  controlApi,
  createHost,
  hostSocket,
  listen,
  listenSocket,
  openRegistration,
  PASSED_NAMES,
  type Door,
  type EngineHost,
} from '@lorekeep/engine';
import { systemClock } from '@lorekeep/kit/clock';
import { passedEnvironment } from '@lorekeep/kit/config';
import type { Logger } from '@lorekeep/kit/telemetry';
import type { EngineAppConfig } from './engine-app.config.js';

export interface RunningEngine {
  readonly url: string;
  /** Settles when the control API was asked to end the host. */
  readonly ending: Promise<void>;
  /** Running answers come to their end, then everything is ended. */
  stop(): Promise<void>;
  /** Running answers are not waited for, or no longer. */
  hurry(): Promise<unknown>;
}

/** Doors, host and the models that are named in the settings. */
export async function startEngine(config: EngineAppConfig, log: Logger): Promise<RunningEngine> {
  const host = await createHost(config, {
    environment: passedEnvironment(PASSED_NAMES),
    checkWeights: checkBeforeStart({
      clock: systemClock,
      requireSums: config.ENGINE_REQUIRE_SUMS,
      warn: (sentence) => log.warn(sentence),
    }),
  });
  host.feed.follow(({ instance, process, text }) => log.info({ instance, process }, text));
  let end = (): void => undefined;
  const ending = new Promise<void>((done) => (end = done));
  const socket = await listenSocket(
    hostSocket(config.ENGINE_DATA_DIR),
    controlApi(host, { key: '', shutdown: end }),
  );
  await host.endOrphans();
  const door = await listen(config, controlApi(host, { key: config.ENGINE_KEY, shutdown: end }));
  const doors = [socket, door];
  const registration = await openRegistration(config, door, {
    clock: systemClock,
    onChange: (gateway, state, why) =>
      log[state === 'registered' ? 'info' : 'warn']({ gateway, state }, why || 'registered'),
  });
  const plan = await host.setModels(config.ENGINE_MODEL_IDS);
  if ('sentences' in plan) {
    await stop(host, doors, 0);
    throw new Error(plan.sentences.join(' '));
  }
  for (const reason of plan.reasons) log.info(reason);
  registration?.start();
  return {
    url: door.url,
    ending,
    stop: async () => {
      await registration?.stop();
      await stop(host, doors, config.ENGINE_DRAIN_SECONDS * 1000);
    },
    hurry: () => host.stop(undefined, { drain: false }),
  };
}

async function stop(host: EngineHost, doors: readonly Door[], graceMs: number): Promise<void> {
  // The door stays open while answers run: their callers read through it.
  await host.stop(undefined, { drain: true });
  await Promise.all(doors.map((door) => door.close(graceMs)));
}
