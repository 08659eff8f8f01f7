import { z } from 'zod';
import { flag, integer, list, type ConfigOf } from '@lorekeep/kit/config';
import { catalogueConfigSchema } from '../catalogue/catalogue.config.js';
import { isGpuNotation } from '../hardware/parse-gpu-notation.js';

const seconds = (minimum: number, maximum: number) => z.coerce.number().min(minimum).max(maximum);

/** Everything that the engine host reads from its environment. */
export const engineConfigSchema = {
  ENGINE_LISTEN: z
    .string()
    .regex(/^(\[[0-9a-fA-F:]+\]|[\w.-]+):\d{1,5}$/, 'must be host:port')
    .default('127.0.0.1:8090')
    .describe('Address of the engine host; beyond loopback it needs TLS with client certificates and a key'),
  ENGINE_MODEL_IDS: list()
    .default([])
    .describe('Models that are started with the host, ids of the catalogue, by commas'),
  ENGINE_DATA_DIR: z
    .string()
    .default('.lorekeep/engine')
    .describe('Folder of the engine host: run files, start times, compile cache'),
  ENGINE_VLLM_PROGRAM: z.string().default('vllm').describe('Program of vLLM, a name or a path'),
  ENGINE_REQUIRE_SUMS: flag().default(false).describe('Start only models whose SHA-256 sums are known'),
  ENGINE_GPUS: z
    .string()
    .refine(
      isGpuNotation,
      'must be like 2x24564MiB, 80GiB or 24564MiB,24564MiB: 64 cards at most, of 1 GiB at least',
    )
    .default('')
    .describe('Cards to plan for in place of those that nvidia-smi shows, e.g. 2x24564MiB'),
  ENGINE_P2P: flag().default(false).describe('The cards of ENGINE_GPUS reach each other directly'),
  ENGINE_CONTEXT: integer(0, 16_777_216).default(0).describe('Longest request in tokens; 0 = as planned'),
  ENGINE_SEQUENCES: integer(0, 4096).default(0).describe('Requests at once; 0 = as planned'),
  ENGINE_UTILIZATION: z.coerce
    .number()
    .min(0)
    .max(0.98)
    .default(0)
    .describe('Share of each card of all models together; 0 = as planned'),
  ENGINE_REPLICAS: integer(0, 64)
    .default(0)
    .describe('Independent instances of each model; 0 = one over all cards'),
  ENGINE_TENSOR_PARALLEL: integer(0, 64).default(0).describe('Cards of an instance; 0 = as planned'),
  ENGINE_PLACEMENT: z
    .enum(['planned', 'shared', 'apart'])
    .default('planned')
    .describe('Several models: shared (all on all cards), apart (each on cards of its own) or as planned'),
  ENGINE_BATCHED_TOKENS: integer(0, 1_048_576).default(0).describe('Tokens of a batch; 0 = as planned'),
  ENGINE_EXPECTED_TOKENS: integer(0, 16_777_216)
    .default(0)
    .describe('Tokens that a request usually has, which decides how many run at once; 0 = as planned'),
  ENGINE_EAGER: flag().default(false).describe('Without CUDA graphs'),
  ENGINE_SPECULATION: flag()
    .default(false)
    .describe('With the speculative decoding that the catalogue describes'),
  ENGINE_FIRST_PORT: integer(1024, 65_000).default(8000).describe('Port of the first vLLM on 127.0.0.1'),
  ENGINE_KEY: z
    .string()
    .max(200)
    .default('')
    .describe('Key that gateways and the command line show (Bearer)'),
  ENGINE_TLS_CERT: z.string().default('').describe("File of the host's certificate (PEM)"),
  ENGINE_TLS_KEY: z.string().default('').describe("File of the certificate's key (PEM)"),
  ENGINE_TLS_CLIENT_CA: z
    .string()
    .default('')
    .describe('File of the authority that signs client certificates (PEM)'),
  ENGINE_GATEWAYS: list()
    .default([])
    .describe(
      'Gateways that this host tells where it is, https://host[:port] by commas; one of several that share a database is enough',
    ),
  ENGINE_REGISTRATION_KEY: z
    .string()
    .min(32, 'must have at least 32 characters')
    .optional()
    .describe("Key that proves host and gateway to each other (the gateways' INFERENCE_REGISTRATION_KEY)"),
  ENGINE_ADDRESS: z
    .string()
    .default('')
    .describe('Where gateways reach this host, https://host:port; empty: ENGINE_LISTEN'),
  ENGINE_GATEWAY_CA: z
    .string()
    .default('')
    .describe(
      "File of the authority that signs the gateways' certificates (PEM); empty: the well-known ones",
    ),
  ENGINE_START_SECONDS: seconds(1, 7200).default(1800).describe('Longest start of a vLLM'),
  ENGINE_ANSWER_SECONDS: seconds(1, 600)
    .default(120)
    .describe('Longest wait for an answer while a replica is checked and warmed'),
  ENGINE_LOOK_SECONDS: seconds(0.05, 60).default(1).describe('Between two looks at health and metrics'),
  ENGINE_STALL_SECONDS: seconds(0.2, 600)
    .default(8)
    .describe('Requests run and no token comes for so long: the engine is restarted'),
  ENGINE_PROBE_SECONDS: seconds(0.1, 3600)
    .default(10)
    .describe('Between two questions of one token to an idle engine'),
  ENGINE_PROBE_TIMEOUT_SECONDS: seconds(0.1, 600).default(5).describe('Longest answer to them'),
  ENGINE_BACKOFF_SECONDS: seconds(0.1, 600)
    .default(2)
    .describe('Wait before the second restart; doubles with each further one'),
  ENGINE_BACKOFF_MAX_SECONDS: seconds(1, 3600).default(300).describe('Longest wait before a restart'),
  ENGINE_QUIET_SECONDS: seconds(1, 86_400)
    .default(1800)
    .describe('Quiet time after which crashes are forgotten and an idle instance climbs one rung'),
  ENGINE_DRAIN_SECONDS: integer(0, 3600).default(30).describe('What running answers get at a stop'),
  ENGINE_MEMORY_SHARE: z.coerce
    .number()
    .min(0.5)
    .max(1)
    .default(0.95)
    .describe("Share of a card's memory above which it is rebuilt"),
  ENGINE_MEMORY_SECONDS: seconds(1, 3600).default(30).describe('How long it must be above'),
  ...catalogueConfigSchema,
} satisfies z.ZodRawShape;

export type EngineConfig = ConfigOf<typeof engineConfigSchema>;

/**
 * Names of the environment that vLLM may see of ours: no setting of Lorekeep, no secret. Only whole parts between
 * underscores name a secret: HF_TOKEN does, TIKTOKEN_ENCODINGS_BASE does not.
 */
export const PASSED_NAMES =
  /^(?!(?:.*_)?(?:TOKEN|SECRET|PASSWORD)S?(?:_|$))(?:PATH|HOME|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|LD_LIBRARY_PATH|VIRTUAL_ENV|PYTHON(?!STARTUP)\w+|(?:CUDA|NCCL|GLOO|NVIDIA|PYTORCH|TORCH|TORCHINDUCTOR|FLASHINFER|TRANSFORMERS|TRITON|OMP|HF|TIKTOKEN|XDG|SSL_CERT)_\w+|VLLM_(?!API_KEY|LOGGING|SERVER_DEV_MODE|KEEP_ALIVE_ON_ENGINE_DEATH)\w+)$/;
