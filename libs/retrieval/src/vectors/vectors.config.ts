import { z } from 'zod';
import { integer } from '@lorekeep/kit/config';

const address = () =>
  z
    .string()
    .refine(
      (url) => url === '' || /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*)?$/.test(url),
      'must be an http(s) address',
    )
    .default('');
const plain = () => z.string().default('');

/** Settings of search by vectors and of the reranker; nothing of it is asked where no address and no folder is given. */
export const vectorConfigSchema = {
  RETRIEVAL_EMBEDDING_URL: address().describe(
    'Address of an OpenAI-compatible embedding server (vLLM, TEI, Ollama), without /v1; empty: no search by vectors',
  ),
  RETRIEVAL_EMBEDDING_MODEL: plain().describe('Name of its model'),
  RETRIEVAL_EMBEDDING_API_KEY: plain().describe('Key that the embedding server wants, if it wants one'),
  RETRIEVAL_EMBEDDING_FOLDER: plain().describe(
    'Folder of a local ONNX model in place of a server; needs @huggingface/transformers, which is not installed by default',
  ),
  RETRIEVAL_EMBEDDING_POOLING: z
    .enum(['mean', 'cls', 'last_token'])
    .default('mean')
    .describe('How the local model makes one vector of many'),
  RETRIEVAL_EMBEDDING_QUESTION_PREFIX: plain().describe(
    'What the model wants before a question, for example `query:` (e5)',
  ),
  RETRIEVAL_EMBEDDING_PASSAGE_PREFIX: plain().describe(
    'What the model wants before a passage, for example `passage:` (e5)',
  ),
  RETRIEVAL_EMBEDDING_NEXT_URL: address().describe(
    'To change the model without a pause: the address of the next one; searches use it once all passages have its vectors',
  ),
  RETRIEVAL_EMBEDDING_NEXT_MODEL: plain().describe('Name of the next model'),
  RETRIEVAL_EMBEDDING_NEXT_API_KEY: plain().describe('Key for the next model'),
  RETRIEVAL_EMBEDDING_NEXT_FOLDER: plain().describe('Folder of the next local model'),
  RETRIEVAL_EMBEDDING_NEXT_POOLING: z
    .enum(['mean', 'cls', 'last_token'])
    .default('mean')
    .describe('How the next local model makes one vector of many'),
  RETRIEVAL_EMBEDDING_NEXT_QUESTION_PREFIX: plain().describe('What the next model wants before a question'),
  RETRIEVAL_EMBEDDING_NEXT_PASSAGE_PREFIX: plain().describe('What the next model wants before a passage'),
  RETRIEVAL_EMBEDDING_BATCH: integer(1, 512).default(32).describe('Passages in one request for vectors'),
  RETRIEVAL_EMBEDDING_CONCURRENCY: integer(1, 32)
    .default(2)
    .describe('Requests for vectors that one worker has under way at once'),
  RETRIEVAL_EMBEDDING_RATE: integer(0, 100_000)
    .default(0)
    .describe('Passages a second that one worker sends to the model; 0: as many as it takes'),
  RETRIEVAL_EMBEDDING_CHARACTERS: integer(200, 32_000)
    .default(4_000)
    .describe('Longest text that the model is given; of longer passages the beginning'),
  RETRIEVAL_EMBEDDING_TIMEOUT_MS: integer(100, 600_000)
    .default(60_000)
    .describe('Time for one request with passages, in milliseconds'),
  RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS: integer(10, 10_000)
    .default(300)
    .describe(
      'Time for the vector of a question, in milliseconds; later ones are searched by their words alone',
    ),
  RETRIEVAL_VECTOR_RANK_TIMEOUT_MS: integer(50, 10_000)
    .default(500)
    .describe(
      'Time for each statement that compares the vector of a question with those of passages, in milliseconds',
    ),
  RETRIEVAL_VECTOR_PASSAGES_MAX: integer(0, 10_000_000)
    .default(200_000)
    .describe(
      'Passages of one organisation up to which vectors are searched without an index of pgvector; beyond, words alone',
    ),
  RETRIEVAL_RERANK_URL: address().describe(
    'Address of a reranker (vLLM, TEI, Jina, Cohere), without /v1; empty: none is asked',
  ),
  RETRIEVAL_RERANK_API: z
    .enum(['cohere', 'tei'])
    .default('cohere')
    .describe(
      'How it is spoken to: `cohere` (POST /v1/rerank of vLLM, Jina, Cohere) or `tei` (POST /rerank of TEI)',
    ),
  RETRIEVAL_RERANK_MODEL: plain().describe('Name of its model'),
  RETRIEVAL_RERANK_API_KEY: plain().describe('Key that the reranker wants, if it wants one'),
  RETRIEVAL_RERANK_PASSAGES: integer(2, 200)
    .default(30)
    .describe('Best passages that the reranker puts in order'),
  RETRIEVAL_RERANK_TIMEOUT_MS: integer(10, 10_000)
    .default(500)
    .describe('Time for the reranker, in milliseconds; when it is late the order stays'),
};

export type VectorConfig = z.infer<z.ZodObject<typeof vectorConfigSchema>>;
