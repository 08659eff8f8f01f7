import { modelFolder } from '../catalogue/model-folder.js';
import type { InstancePlan } from './launch-plan.js';

type Settled = Omit<InstancePlan, 'command' | 'environment' | 'memory' | 'kvTokens'>;

/** Idle seconds after which vLLM closes a connection; longer than any client keeps one, so that no request meets it. */
const KEEP_ALIVE_SECONDS = 120;

/** The exact `vllm serve` command. The API key comes by environment (`VLLM_API_KEY`), never as an argument. */
export function buildCommand(plan: Settled): readonly string[] {
  const { model, peerToPeer, program, drainSeconds, modelsFolder, speculation } = plan.basis;
  const { vllm } = model;
  const flag = (name: string, value: string | number): string[] => [`--${name}`, String(value)];
  return [
    program,
    'serve',
    modelFolder(modelsFolder, model.folder),
    ...flag('served-model-name', model.id),
    ...flag('host', '127.0.0.1'),
    ...flag('port', plan.port),
    ...flag('tensor-parallel-size', plan.tensorParallel),
    ...(plan.tensorParallel > 1 ? flag('distributed-executor-backend', 'mp') : []),
    ...(plan.tensorParallel > 1 && !peerToPeer ? ['--disable-custom-all-reduce'] : []),
    ...flag('gpu-memory-utilization', plan.utilization),
    ...flag('max-model-len', plan.context),
    ...flag('max-num-seqs', plan.sequences),
    ...flag('max-num-batched-tokens', plan.batchedTokens),
    ...(plan.eager ? ['--enforce-eager'] : flag('max-cudagraph-capture-size', plan.sequences)),
    ...(model.architecture.encoder
      ? ['--no-enable-prefix-caching']
      : ['--enable-prefix-caching', ...flag('prefix-caching-hash-algo', 'sha256')]),
    ...flag('scheduling-policy', 'priority'),
    ...(model.task === 'embed' ? flag('runner', 'pooling') : []),
    ...(vllm.toolCallParser
      ? ['--enable-auto-tool-choice', ...flag('tool-call-parser', vllm.toolCallParser)]
      : []),
    ...(vllm.reasoningParser ? flag('reasoning-parser', vllm.reasoningParser) : []),
    ...(speculation && model.speculation
      ? flag('speculative-config', JSON.stringify(model.speculation.config))
      : []),
    '--enable-request-id-headers',
    '--enable-force-include-usage',
    ...flag('disable-access-log-for-endpoints', '/health,/metrics,/ping'),
    '--disable-fastapi-docs',
    ...flag('fingerprint-mode', 'none'),
    ...flag('shutdown-timeout', drainSeconds),
    ...vllm.arguments,
  ];
}

/** What vLLM reads from its environment, without the key. */
export function buildEnvironment(plan: Settled): Readonly<Record<string, string>> {
  const split = plan.tensorParallel > 1 && !plan.basis.peerToPeer;
  return {
    CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
    CUDA_VISIBLE_DEVICES: plan.gpus.join(','),
    ...(split ? { NCCL_P2P_DISABLE: '1' } : {}),
    HF_HUB_OFFLINE: '1',
    VLLM_NO_USAGE_STATS: '1',
    DO_NOT_TRACK: '1',
    VLLM_DISABLE_LOG_LOGO: '1',
    NO_COLOR: '1',
    VLLM_HTTP_TIMEOUT_KEEP_ALIVE: String(KEEP_ALIVE_SECONDS),
    ...plan.basis.model.vllm.environment,
  };
}
