import type { EngineInstance, ModelServers as Shown } from '@lorekeep/contracts';
import {
  isServed,
  namesIn,
  NO_POLICY,
  parseRoutes,
  quotedUseCases,
  servedNames,
  type Inference,
  type InferenceConfig,
  type InferenceObserver,
  type KnownModels,
  type ModelPolicy,
} from '@lorekeep/inference';
import type { Clock } from '@lorekeep/kit/clock';

type Models = Pick<InferenceConfig, 'INFERENCE_MODELS' | 'INFERENCE_ROUTES'>;

/** Since when model servers are away, as this gateway has seen it. */
export class AwaySince {
  private readonly since = new Map<string, Date>();

  constructor(private readonly clock: Clock) {}

  /** Tells `observer` the same, and keeps the time. */
  around(observer: InferenceObserver): InferenceObserver {
    const replicaChanged: InferenceObserver['replicaChanged'] = (replica, state, reason) => {
      if (state === 'closed') this.since.delete(replica);
      else if (!this.since.has(replica)) this.since.set(replica, new Date(this.clock.now()));
      observer.replicaChanged(replica, state, reason);
    };
    // One that registers itself again begins anew.
    const hostChanged: InferenceObserver['hostChanged'] = (replica, state) => {
      this.since.delete(replica);
      observer.hostChanged(replica, state);
    };
    return { ...observer, replicaChanged, hostChanged };
  }

  of(replica: string): Date | null {
    return this.since.get(replica) ?? null;
  }
}

/** The model servers as administrators see them; what goes out to everybody is `state` alone. */
export class ModelServers {
  constructor(
    private readonly inference: Pick<Inference, 'state'>,
    private readonly away: AwaySince,
    private readonly config: Models,
  ) {}

  known(): KnownModels {
    const servers = this.inference.state().replicas.map(({ state, models }) => ({
      isUp: state === 'closed',
      // One that lists nothing has not said yet what it will serve.
      models: models.length > 0 ? models : null,
    }));
    return { configured: this.config.INFERENCE_MODELS, servers };
  }

  /** Of the installation, whatever its tenants have set. */
  get state(): Shown['state'] {
    const { servers } = this.known();
    if (servers.length === 0) return 'none';
    const up = servers.filter(({ isUp }) => isUp);
    return up.length === 0 ? 'away' : up.length < servers.length ? 'degraded' : 'ok';
  }

  show(policy: ModelPolicy = NO_POLICY): Omit<Shown, 'entailment'> {
    const known = this.known();
    const routes = parseRoutes(this.config.INFERENCE_ROUTES) ?? {};
    const unserved = this.unserved(known, policy);
    const quoted = known.servers.length === 0 ? [] : quotedUseCases(known, routes, policy);
    const isLess = unserved.length > 0 || quoted.length > 0;
    return {
      state: this.state === 'ok' && isLess ? 'degraded' : this.state,
      servers: this.inference.state().replicas.map(({ name, state, reason, models, instances }) => ({
        name,
        state: state === 'closed' ? 'up' : 'away',
        reason: reason === 'gone' ? reasonOf(instances) : reason,
        since: this.away.of(name)?.toISOString() ?? null,
        models: [...models],
        instances: [...instances],
      })),
      served: servedNames(known),
      unserved,
      quoted,
    };
  }

  private unserved(known: KnownModels, { allowed, routes }: ModelPolicy): Shown['unserved'] {
    const listed: KnownModels = { ...known, configured: [] };
    const named: [Shown['unserved'][number]['from'], readonly string[], KnownModels][] = [
      ['allowedModels', allowed ?? [], known],
      ['modelRoutes', namesIn(routes), known],
    ];
    // Without a server these settings say nothing.
    if (known.servers.length > 0)
      named.push(
        ['INFERENCE_MODELS', this.config.INFERENCE_MODELS, listed],
        ['INFERENCE_ROUTES', namesIn(parseRoutes(this.config.INFERENCE_ROUTES) ?? {}), known],
      );
    return named.flatMap(([from, names, against]) =>
      names.flatMap((model) => {
        const served = isServed(model, against);
        return served === 'yes' ? [] : [{ model, from, certain: served === 'no' }];
      }),
    );
  }
}

/** A host that says how its models are is there, though none of them can be asked. */
function reasonOf(instances: readonly EngineInstance[]): Shown['servers'][number]['reason'] {
  if (instances.length === 0) return 'gone';
  const isUnderWay = instances.some(({ state }) => ['checking', 'starting', 'warming'].includes(state));
  return isUnderWay ? 'starting' : 'failed';
}
