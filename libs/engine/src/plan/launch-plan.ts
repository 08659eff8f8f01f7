/** All sizes are bytes of one card; `gpu` is the index that nvidia-smi and CUDA_VISIBLE_DEVICES use. */
import type { DescribedModel } from '../catalogue/described-model.js';
import type { Gpu } from '../hardware/hardware.js';

/** Where the memory of each card of an instance goes. */
export interface MemoryBudget {
  /** `utilization` x total memory of the smallest card. */
  readonly budget: number;
  readonly weights: number;
  readonly activation: number;
  /** NCCL buffers and what else torch does not count, as far as it comes after vLLM began to count. */
  readonly nonTorch: number;
  readonly graphs: number;
  /** Whether the graphs come out of the budget, or on top of it (vLLM's second model runner). */
  readonly graphsInBudget: boolean;
  /** CUDA context and NCCL, taken before vLLM begins to count: outside the budget. */
  readonly beforeStart: number;
  /** What is left of the budget. */
  readonly kvCache: number;
}

/** What an instance was computed from; each rung of the ladder is computed from it again. */
export interface PlanBasis {
  readonly model: DescribedModel;
  readonly cards: readonly Gpu[];
  readonly peerToPeer: boolean;
  /** As it was planned, before any rung. */
  readonly utilization: number;
  /** Nobody set its utilisation, and no other model shares its cards: where it is too little it may take more. */
  readonly mayGrow: boolean;
  readonly speculation: boolean;
  /** Folder that the models' folders lie in. */
  readonly modelsFolder: string;
  /** Program of vLLM. */
  readonly program: string;
  /** Seconds that running answers get at a stop (`--shutdown-timeout`). */
  readonly drainSeconds: number;
}

/** One `vllm serve` process group. */
export interface InstancePlan {
  /** Stable name: model id, and a number where there are several; names folders, sockets and metrics. */
  readonly id: string;
  readonly model: string;
  readonly gpus: readonly number[];
  readonly tensorParallel: number;
  /** Fraction of each card (`--gpu-memory-utilization`). */
  readonly utilization: number;
  /** Tokens (`--max-model-len`). */
  readonly context: number;
  /** `--max-num-seqs` */
  readonly sequences: number;
  /** `--max-num-batched-tokens` */
  readonly batchedTokens: number;
  readonly eager: boolean;
  readonly memory: MemoryBudget;
  /** Tokens that the KV cache holds, as vLLM reports them ("GPU KV cache size"). */
  readonly kvTokens: number;
  readonly port: number;
  /** Program and arguments, long flags only; the key is not among them (`VLLM_API_KEY`). */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly basis: PlanBasis;
}

export interface LaunchPlan {
  readonly instances: readonly InstancePlan[];
  /** Why it is so, one sentence each, for the terminal and the administrators' page. */
  readonly reasons: readonly string[];
}
