import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * How often the lag of the event loop is sampled, in milliseconds; a sample counts from the one before, so this is also what
 * the lag is where there is none. At the default of 10 an idle process wakes a hundred times a second for nothing else.
 */
const LAG_SAMPLE_MS = 100;

/** Prometheus metrics of one process. Labels are closed lists: never a user, a tenant or free text. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_SAMPLE_MS });
  return {
    registry,
    questions: new Counter({
      name: 'lorekeep_questions_total',
      help: 'Questions by outcome and door',
      labelNames: ['outcome', 'door'] as const,
      registers: [registry],
    }),
    refusals: new Counter({
      name: 'lorekeep_refusals_total',
      help: 'Refusals by step and code',
      labelNames: ['step', 'code'] as const,
      registers: [registry],
    }),
    stepSeconds: new Histogram({
      name: 'lorekeep_step_seconds',
      help: 'Time of each step of the question path',
      labelNames: ['step'] as const,
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    firstTextSeconds: new Histogram({
      name: 'lorekeep_first_text_seconds',
      help: 'From the request to the first released text',
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    }),
    ...searchMetrics(registry),
    ...inferenceMetrics(registry),
    tokens: new Counter({
      name: 'lorekeep_tokens_total',
      help: 'Tokens by kind',
      labelNames: ['kind'] as const,
      registers: [registry],
    }),
    openStreams: new Gauge({
      name: 'lorekeep_open_streams',
      help: 'Answers being streamed',
      registers: [registry],
    }),
    auditFailures: new Counter({
      name: 'lorekeep_audit_failures_total',
      help: 'Records that could not be written; the answer was ended',
      registers: [registry],
    }),
    scannerHits: new Counter({
      name: 'lorekeep_scanner_hits_total',
      help: 'Forbidden words found on output, by action',
      labelNames: ['action'] as const,
      registers: [registry],
    }),
  };
}

/** What step 4 did beyond ranking by words. */
function searchMetrics(registry: Registry) {
  return {
    rewrites: new Counter({
      name: 'lorekeep_question_rewrites_total',
      help: 'Follow-up questions rewritten for the search, by rule or model; why the rule stood where a model was asked in vain',
      labelNames: ['by', 'failure'] as const,
      registers: [registry],
    }),
    vectorSearches: new Counter({
      name: 'lorekeep_vector_searches_total',
      help: 'Searches where vectors are configured, by whether they took part and why not',
      labelNames: ['outcome'] as const,
      registers: [registry],
    }),
    reranks: new Counter({
      name: 'lorekeep_reranks_total',
      help: 'Searches where a reranker is configured, by whether it gave the order and why not',
      labelNames: ['outcome'] as const,
      registers: [registry],
    }),
  };
}

/** What step 5 did before a model began to write. Replicas are named by their addresses in the settings. */
function inferenceMetrics(registry: Registry) {
  return {
    replicaChanges: new Counter({
      name: 'lorekeep_replica_changes_total',
      help: 'Model servers left alone (open) and taken back (closed), and why',
      labelNames: ['replica', 'state', 'reason'] as const,
      registers: [registry],
    }),
    inferenceRetries: new Counter({
      name: 'lorekeep_inference_retries_total',
      help: 'Questions that went to another model server before their first byte, by what the first one did',
      labelNames: ['code'] as const,
      registers: [registry],
    }),
    queueSeconds: new Histogram({
      name: 'lorekeep_queue_seconds',
      help: 'Time until a question had its turn with a model',
      labelNames: ['priority'] as const,
      buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers: [registry],
    }),
    queueTurnedAway: new Counter({
      name: 'lorekeep_queue_turned_away_total',
      help: 'Questions that had no turn: the queue was full, they waited too long, or their callers left',
      labelNames: ['priority', 'why'] as const,
      registers: [registry],
    }),
    promptsShortened: new Counter({
      name: 'lorekeep_prompts_shortened_total',
      help: 'Questions of which history or passages were left out to fit the model',
      registers: [registry],
    }),
    entailments: new Counter({
      name: 'lorekeep_entailments_total',
      help: 'Sentences that the entailment model was asked about; unanswered: the comparison of words stands',
      labelNames: ['outcome'] as const,
      registers: [registry],
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
