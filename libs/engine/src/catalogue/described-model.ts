import { z } from 'zod';

/** Ids name folders, sockets, metrics and the model in requests, so they are plain. */
const MODEL_ID = /^[a-z0-9][a-z0-9._-]{0,62}$/;
/** Relative, below the models' folder or absolute; never climbing out. */
const FOLDER = /^(?!.*(?:^|\/)\.\.(?:\/|$)).{1,500}$/;
const FILE_PATH = /^(?![/.])(?!.*(?:^|\/)\.\.?(?:\/|$))[\w./+-]{1,300}$/;

const count = (maximum: number) => z.number().int().min(1).max(maximum);
const bytes = () =>
  z
    .number()
    .int()
    .min(0)
    .max(2 ** 50);

export const architectureSchema = z.strictObject({
  layers: count(1000),
  /** Of the layers, those that attend to a window only; the others attend to everything. */
  slidingLayers: z.number().int().min(0).max(1000).default(0),
  /** Tokens of that window. */
  window: count(1_048_576).optional(),
  hidden: count(65_536),
  heads: count(1024),
  kvHeads: count(1024),
  headDim: count(1024),
  vocab: count(2_000_000),
  /** True where the output layer is the embedding. */
  tiedEmbeddings: z.boolean().default(false),
  intermediate: count(262_144),
  /** Experts of each layer, and how many of them a token uses; a dense model has neither. */
  experts: count(4096).optional(),
  activeExperts: count(4096).optional(),
  /** What listens before the decoder writes: all of its weights, and how many of its positions a request keeps. */
  encoder: z.strictObject({ bytes: bytes(), positions: count(1_048_576) }).optional(),
});

/** How vLLM lays the MLP's weights out on a card; the first whose capabilities match is used. */
export const kernelSchema = z.strictObject({
  name: z.string().min(1).max(40),
  /** CUDA compute capability, e.g. 8.9. */
  minCapability: z.number().min(1).max(99),
  belowCapability: z.number().min(1).max(99).optional(),
  /** Multiples that the MLP's dimensions of one card are padded to. */
  padHidden: count(4096).default(1),
  padIntermediate: count(4096).default(1),
  /** What the layout adds to the MLP's bytes; 1 = nothing. */
  overhead: z.number().min(1).max(2).default(1),
});

/** Constants of the memory arithmetic that no configuration file tells; each is from a start-up, named in `source`. */
export const memorySchema = z.strictObject({
  source: z.string().min(1).max(300),
  /** Peak activation = base + tokens of a batch x its buffers + sequences x vocabulary x logitBytes. */
  activationBase: bytes(),
  logitBytes: z.number().min(0).max(64),
  nonTorch: bytes(),
  /** Graphs = base + layers x captured graphs x graphPerLayer + graphPool x the largest batch's activation. */
  graphBase: bytes(),
  graphPerLayer: bytes(),
  graphPool: z.number().min(0).max(10),
  /** Whether vLLM takes the graphs out of its budget before it sizes the KV cache, or on top of it. */
  graphsInBudget: z.boolean(),
  /** CUDA context and NCCL, taken before vLLM begins to count: outside its budget. */
  beforeStart: bytes(),
});

export const weightFileSchema = z.strictObject({
  path: z.string().regex(FILE_PATH, 'must be a relative path below the folder'),
  bytes: bytes(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 lower-case hexadecimal digits'),
});

export const describedModelSchema = z
  .strictObject({
    id: z.string().regex(MODEL_ID, 'must be lower-case letters, digits, dots, dashes; at most 63'),
    title: z.string().min(1).max(100),
    family: z.string().min(1).max(60),
    licence: z.string().min(1).max(60).optional(),
    /** `embed`: it makes vectors, served with `--runner pooling`; `transcribe`: it listens. Neither answers questions. */
    task: z.enum(['write', 'embed', 'transcribe']).default('write'),
    architecture: architectureSchema,
    weights: z.strictObject({
      format: z.enum(['bf16', 'fp16', 'fp8', 'mxfp4', 'int4']),
      /** Of all tensors (`total_size` of the checkpoint's index). */
      bytes: bytes(),
      /** Bits of one weight of the MLP with its scales (16, 8, 4.25 for MXFP4); all else is 16 bits. */
      mlpBits: z.number().min(1).max(32),
    }),
    context: z.strictObject({ default: count(16_777_216), max: count(16_777_216) }),
    kernels: z.array(kernelSchema).min(1).max(10),
    vllm: z
      .strictObject({
        toolCallParser: z.string().min(1).max(60).optional(),
        reasoningParser: z.string().min(1).max(60).optional(),
        /** Largest captured batch that this model's configuration asks for when nobody says otherwise. */
        defaultCapture: count(8192).optional(),
        /** Further long flags, as they stand on the command line. */
        arguments: z.array(z.string().min(1).max(2000)).max(40).default([]),
        environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string().max(2000)).default({}),
      })
      .default({ arguments: [], environment: {} }),
    memory: memorySchema,
    /** Off unless it is wished for. `config` is vLLM's --speculative-config. */
    speculation: z
      .strictObject({
        title: z.string().min(1).max(100),
        config: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        /** Weights of a draft model, of all cards together. */
        bytes: bytes().default(0),
        /** Where vLLM falls back to another model runner with it. */
        memory: memorySchema.optional(),
      })
      .optional(),
    /** What an operator must know, one sentence each; shown with the plan. */
    notes: z.array(z.string().min(1).max(500)).max(10).default([]),
    /** Where the weights lie, below the models' folder. */
    folder: z.string().regex(FOLDER, 'must not climb out of the models folder'),
    /** On a hub of the Hugging Face layout. */
    repository: z
      .string()
      .regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name')
      .optional(),
    revision: z
      .string()
      .regex(/^[\w.-]{1,100}$/)
      .default('main'),
    /** Without it the sums are read from `SHA256SUMS` beside the weights. */
    files: z.array(weightFileSchema).min(1).max(2000).optional(),
  })
  .superRefine(checkAgreement);

/** A model as the catalogue describes it. Bytes are of all cards together, where nothing else is said. */
export type DescribedModel = z.infer<typeof describedModelSchema>;
export type Architecture = DescribedModel['architecture'];
export type Kernel = DescribedModel['kernels'][number];

interface Fields {
  readonly architecture: z.infer<typeof architectureSchema>;
  readonly context: { readonly default: number; readonly max: number };
}

function checkAgreement({ architecture, context }: Fields, issues: z.RefinementCtx): void {
  const complain = (path: string[], message: string): void =>
    issues.addIssue({ code: 'custom', path, message });
  if (context.default > context.max) complain(['context', 'default'], 'must not exceed context.max');
  const { layers, slidingLayers, window, heads, kvHeads, experts, activeExperts } = architecture;
  if (slidingLayers > layers)
    complain(['architecture', 'slidingLayers'], 'must not exceed architecture.layers');
  if (slidingLayers > 0 && window === undefined)
    complain(['architecture', 'window'], 'is required where slidingLayers is not 0');
  if (heads % kvHeads !== 0) complain(['architecture', 'kvHeads'], 'must divide architecture.heads');
  if ((experts === undefined) !== (activeExperts === undefined))
    complain(['architecture', 'activeExperts'], 'experts and activeExperts belong together');
  if ((activeExperts ?? 0) > (experts ?? 0))
    complain(['architecture', 'activeExperts'], 'must not exceed architecture.experts');
}
