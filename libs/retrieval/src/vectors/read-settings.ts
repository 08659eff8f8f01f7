import type { VectorConfig } from './vectors.config.js';

/** Where vectors come from, and what they depend on. Plain data: it is sent to the thread that searches. */
export interface ModelSettings {
  /** Address without /v1; empty where `folder` is set. */
  readonly url: string;
  /** Folder of a local model; empty where `url` is set. */
  readonly folder: string;
  readonly model: string;
  readonly apiKey: string;
  readonly pooling: 'mean' | 'cls' | 'last_token';
  readonly questionPrefix: string;
  readonly passagePrefix: string;
}

export interface RerankSettings {
  readonly url: string;
  readonly api: 'cohere' | 'tei';
  readonly model: string;
  readonly apiKey: string;
  readonly passages: number;
  readonly timeoutMs: number;
}

export interface VectorSettings {
  /** The model in use and the next one; the last is the one that all passages shall have vectors of. Empty: none. */
  readonly models: readonly ModelSettings[];
  readonly batch: number;
  readonly concurrency: number;
  /** Passages a second; 0: no limit. */
  readonly rate: number;
  readonly characters: number;
  readonly passageTimeoutMs: number;
  readonly questionTimeoutMs: number;
  /** For each statement of the ranking: what takes longer is worth less than an answer. */
  readonly rankTimeoutMs: number;
  /** Passages up to which vectors are searched without an index. */
  readonly passagesMax: number;
  readonly rerank: RerankSettings | null;
}

type Group = 'RETRIEVAL_EMBEDDING_' | 'RETRIEVAL_EMBEDDING_NEXT_';

export function readVectorSettings(config: VectorConfig): VectorSettings {
  const models = (['RETRIEVAL_EMBEDDING_', 'RETRIEVAL_EMBEDDING_NEXT_'] as const).flatMap((group) =>
    modelOf(config, group),
  );
  return {
    models,
    batch: config.RETRIEVAL_EMBEDDING_BATCH,
    concurrency: config.RETRIEVAL_EMBEDDING_CONCURRENCY,
    rate: config.RETRIEVAL_EMBEDDING_RATE,
    characters: config.RETRIEVAL_EMBEDDING_CHARACTERS,
    passageTimeoutMs: config.RETRIEVAL_EMBEDDING_TIMEOUT_MS,
    questionTimeoutMs: config.RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS,
    rankTimeoutMs: config.RETRIEVAL_VECTOR_RANK_TIMEOUT_MS,
    passagesMax: config.RETRIEVAL_VECTOR_PASSAGES_MAX,
    rerank:
      config.RETRIEVAL_RERANK_URL === ''
        ? null
        : {
            url: baseOf(config.RETRIEVAL_RERANK_URL),
            api: config.RETRIEVAL_RERANK_API,
            model: config.RETRIEVAL_RERANK_MODEL,
            apiKey: config.RETRIEVAL_RERANK_API_KEY,
            passages: config.RETRIEVAL_RERANK_PASSAGES,
            timeoutMs: config.RETRIEVAL_RERANK_TIMEOUT_MS,
          },
  };
}

function modelOf(config: VectorConfig, group: Group): ModelSettings[] {
  const [url, folder] = [config[`${group}URL`], config[`${group}FOLDER`]];
  if (url === '' && folder === '') return [];
  return [
    {
      url: folder === '' ? baseOf(url) : '',
      folder,
      model: config[`${group}MODEL`] || folder.replace(/\/+$/, '').replace(/^.*\//, ''),
      apiKey: config[`${group}API_KEY`],
      pooling: config[`${group}POOLING`],
      questionPrefix: prefixOf(config[`${group}QUESTION_PREFIX`]),
      passagePrefix: prefixOf(config[`${group}PASSAGE_PREFIX`]),
    },
  ];
}

/** People write the address with /v1 and without. */
const baseOf = (url: string): string => url.replace(/\/+$/, '').replace(/\/v1$/, '');

/** Environments lose blanks at the end of a value. */
const prefixOf = (text: string): string => (text === '' || /\s$/.test(text) ? text : `${text} `);

/** Everything that vectors of passages depend on: two models with the same key make the same vectors. */
export function modelKey({ model, folder, pooling, passagePrefix }: ModelSettings): string {
  return JSON.stringify({ model, ...(folder === '' ? {} : { pooling }), passagePrefix });
}
