import type { EngineInstance } from '@lorekeep/contracts';
import { systemClock, type Clock } from '@lorekeep/kit/clock';
import { ConfigError } from '@lorekeep/kit/config';
import type { CallContext } from '@lorekeep/kit/context';
import { CountTokens } from './budget/count-tokens.js';
import { FitPrompt } from './budget/fit-prompt.js';
import { ExtractiveDriver } from './extractive/extractive-driver.js';
import { FleetDriver } from './fleet/fleet-driver.js';
import type { HostBoard } from './hosts/engine-hosts.js';
import { FollowHosts } from './hosts/follow-hosts.js';
import { modelServerUrls, type InferenceConfig } from './inference.config.js';
import { Models } from './models.js';
import { SILENT, type InferenceObserver } from './observer.js';
import { clientCertificate } from './openai/client-certificate.js';
import { OpenAiDriver } from './openai/openai-driver.js';
import { Admission } from './queue/admission.js';
import { SharedCapacity, type HeartbeatBoard } from './queue/shared-capacity.js';
import type { OpenReason } from './replicas/breaker.js';
import { Replica, replicaName } from './replicas/replica.js';
import { Replicas } from './replicas/replicas.js';
import { WatchReplicas } from './replicas/watch-replicas.js';
import { parseRoutes } from './routes/parse-routes.js';
import type { ModelPolicy } from './routes/resolve-route.js';

/** A question that has its turn must not wait for a connection, nor a look after the server for a question. */
const ASIDE_CONNECTIONS = 8;

/** How things stand, for operators. */
export interface InferenceState {
  readonly waiting: number;
  readonly replicas: readonly {
    readonly name: string;
    readonly state: 'closed' | 'open' | 'half-open';
    /** Why it is left alone; `unauthorized`: INFERENCE_API_KEY is not the key that it wants. */
    readonly reason: OpenReason | null;
    readonly running: number;
    /** Sequences that this gateway may use of it. */
    readonly share: number;
    readonly models: readonly string[];
    /** Of an engine host, those that cannot be asked yet too. */
    readonly instances: readonly EngineInstance[];
  }[];
}

export interface Inference {
  readonly models: Models;
  state(): InferenceState;
  /** Begins to watch the model servers and to share them with other gateways. */
  start(): void;
  /** Ends the connections to the model servers and gives the share in them back. */
  close(): Promise<void>;
}

export interface InferenceOptions {
  readonly clock?: Clock;
  readonly observer?: InferenceObserver;
  /** Where several gateways share the model servers. */
  readonly board?: HeartbeatBoard;
  /** Where engine hosts may register themselves. */
  readonly hosts?: HostBoard;
  readonly policyOf?: (ctx: CallContext) => Promise<ModelPolicy>;
}

/** The drivers that the configuration asks for. @throws ConfigError */
export function createInference(config: InferenceConfig, options: InferenceOptions = {}): Inference {
  const clock = options.clock ?? systemClock;
  const extractive = new ExtractiveDriver();
  const { hosts } = options;
  if (modelServerUrls(config).length === 0 && !hosts) {
    const models = new Models(extractive, null, { configured: [], routes: {} }, clock);
    const nothing = () => undefined;
    return { models, state: () => ({ waiting: 0, replicas: [] }), start: nothing, close: async () => {} };
  }
  const saltSecret = config.INFERENCE_SALT_SECRET;
  if (!saltSecret)
    throw new ConfigError([
      {
        name: 'INFERENCE_SALT_SECRET',
        message: 'is required with INFERENCE_URL and INFERENCE_REGISTRATION_KEY',
      },
    ]);
  // A certificate that cannot be read is told at the start, not at the first host.
  if (hosts) clientCertificate(config);
  const observer = options.observer ?? SILENT;
  const replicas = replicasOf(config, saltSecret, observer, clock);
  const shared = new SharedCapacity(replicas, options.board ?? null);
  const admission = admissionOver(replicas, shared, config, observer, clock);
  const fit = fitOver(replicas, config, clock);
  const { policyOf } = options;
  const firstRolesOf = async (ctx: CallContext) => (await policyOf?.(ctx))?.firstRoles ?? [];
  const check = (replica: Replica) => replicas.check(replica);
  const parts = { admission, observer, fit, saltSecret, firstRolesOf, check, silence: silenceOf(config) };
  const driver = new FleetDriver(parts);
  const rules = {
    configured: config.INFERENCE_MODELS,
    routes: parseRoutes(config.INFERENCE_ROUTES) ?? {},
    ...(policyOf ? { policyOf } : {}),
  };
  const pump = () => admission.pump();
  const follow = hosts && new FollowHosts(hosts, replicas);
  const watch = new WatchReplicas(replicas, config.INFERENCE_WATCH_MS, pump);
  return {
    models: new Models(extractive, { driver, replicas }, rules, clock),
    state: () => stateOf(admission, replicas, shared),
    start: () => {
      follow?.start();
      watch.start();
      shared.start((replica) => admission.waitingFor(replica), pump);
    },
    close: async () => {
      follow?.stop();
      watch.stop();
      await shared.stop();
      await replicas.close();
    },
  };
}

function replicasOf(
  config: InferenceConfig,
  saltSecret: string,
  observer: InferenceObserver,
  clock: Clock,
): Replicas {
  const least = config.INFERENCE_SEQUENCES + ASIDE_CONNECTIONS;
  const connected = { ...config, INFERENCE_CONNECTIONS: Math.max(config.INFERENCE_CONNECTIONS, least) };
  const replicaAt = (url: string) => {
    const driver = new OpenAiDriver(connected, clock, saltSecret, url);
    const most = connected.INFERENCE_CONNECTIONS - ASIDE_CONNECTIONS;
    return new Replica(replicaName(url), driver, config.INFERENCE_SEQUENCES, clock, most);
  };
  return new Replicas(modelServerUrls(config).map(replicaAt), observer, replicaAt);
}

function admissionOver(
  replicas: Replicas,
  shared: SharedCapacity,
  config: InferenceConfig,
  ...[observer, clock]: [InferenceObserver, Clock]
): Admission {
  const limits = { size: config.INFERENCE_QUEUE_SIZE, patience: config.INFERENCE_QUEUE_SECONDS * 1_000 };
  const weightOf = (tenant: string) => config.INFERENCE_WEIGHTS.get(tenant) ?? 1;
  return new Admission(replicas, shared, limits, clock, { observer, weightOf });
}

function silenceOf(config: InferenceConfig): { firstToken: number; betweenTokens: number } {
  return {
    firstToken: config.INFERENCE_FIRST_TOKEN_TIMEOUT_MS,
    betweenTokens: config.INFERENCE_TOKEN_TIMEOUT_MS,
  };
}

function fitOver(replicas: Replicas, config: InferenceConfig, clock: Clock): FitPrompt {
  const ask = async (ctx: CallContext, model: string, text: string) =>
    (await replicas.closed(model)[0]?.driver.countTokens(ctx, model, text)) ?? null;
  const contextOf = (model: string) => replicas.contextOf(model);
  return new FitPrompt(contextOf, new CountTokens(ask, clock), config.INFERENCE_MAX_TOKENS);
}

function stateOf(admission: Admission, { all }: Replicas, shared: SharedCapacity): InferenceState {
  return {
    waiting: admission.waiting,
    replicas: all.map((replica) => ({
      name: replica.name,
      state: replica.breaker.state,
      reason: replica.breaker.reason,
      running: replica.running,
      share: shared.shareOf(replica),
      models: (replica.cards ?? []).map(({ id }) => id),
      instances: replica.instances,
    })),
  };
}
