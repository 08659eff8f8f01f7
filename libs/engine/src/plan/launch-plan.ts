/** All sizes are bytes of one card; `gpu` is the index that nvidia-smi and CUDA_VISIBLE_DEVICES use. */

/** Where the memory of each card of an instance goes. */
export interface MemoryBudget {
  /** `utilization` x total memory of the smallest card. */
  readonly budget: number;
  readonly weights: number;
  readonly activation: number;
  /** CUDA context, NCCL buffers and what else torch does not count. */
  readonly nonTorch: number;
  readonly graphs: number;
  /** What is left of the budget. */
  readonly kvCache: number;
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
}

export interface LaunchPlan {
  readonly instances: readonly InstancePlan[];
  /** Why it is so, one sentence each, for the terminal and the administrators' page. */
  readonly reasons: readonly string[];
}
