import { Gauge } from 'prom-client';
import type { Inference, InferenceObserver } from '@lorekeep/inference';
import type { Logger, Metrics } from '@lorekeep/kit/telemetry';

/** What happens in step 5, counted, and what changes for operators, logged. */
export function observeInference(metrics: Metrics, log: Logger): InferenceObserver {
  return {
    replicaChanged: (replica, state, reason) => {
      metrics.replicaChanges.inc({ replica, state, reason: reason ?? 'none' });
      if (reason === 'unauthorized')
        log.error(
          { replica, setting: 'INFERENCE_API_KEY' },
          'fault of the settings: a model server refuses the key of INFERENCE_API_KEY; it is left alone until it takes it',
        );
      else if (state === 'open') log.warn({ replica, reason }, 'a model server is left alone');
      else log.info({ replica }, 'a model server is back');
    },
    hostChanged: (replica, state) =>
      log.info({ replica, state }, 'an engine host has registered itself or is gone'),
    retried: (code) => metrics.inferenceRetries.inc({ code }),
    admitted: (priority, seconds) => metrics.queueSeconds.observe({ priority }, seconds),
    turnedAway: (priority, why) => metrics.queueTurnedAway.inc({ priority, why }),
    shortened: () => metrics.promptsShortened.inc(),
  };
}

/** How things stand, read when somebody asks. Replicas are named by their addresses, which the settings list. */
export function gaugeInference(inference: Inference, { registry }: Metrics): void {
  const gauge = (name: string, help: string, read: (set: Gauge<'replica'>) => void) =>
    new Gauge({
      name,
      help,
      labelNames: ['replica'] as const,
      registers: [registry],
      collect() {
        this.reset();
        read(this);
      },
    });
  const perReplica =
    (value: (replica: ReturnType<Inference['state']>['replicas'][number]) => number) =>
    (set: Gauge<'replica'>) => {
      for (const replica of inference.state().replicas) set.set({ replica: replica.name }, value(replica));
    };
  gauge(
    'lorekeep_replica_up',
    'Whether a model server is asked (1), is being checked (0.5) or is left alone (0)',
    perReplica(({ state }) => (state === 'closed' ? 1 : state === 'open' ? 0 : 0.5)),
  );
  gauge(
    'lorekeep_replica_running',
    'Answers that a model server is writing for this gateway',
    perReplica(({ running }) => running),
  );
  gauge(
    'lorekeep_replica_share',
    'Answers that this gateway may have a model server write at once',
    perReplica(({ share }) => share),
  );
  new Gauge({
    name: 'lorekeep_queue_waiting',
    help: 'Questions that wait for their turn with a model',
    registers: [registry],
    collect() {
      this.set(inference.state().waiting);
    },
  });
}
