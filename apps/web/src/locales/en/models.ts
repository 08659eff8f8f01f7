/** Model servers: for administrators. */
export const models = {
  title: 'Model servers',
  none: 'None is set up: answers are quotations from documents.',
  details: 'Details',
  states: { up: 'There', away: 'Away' },
  since: 'Since {{time}}',
  serves: 'Serves {{models}}',
  listsNothing: 'Has not said what it serves',
  away: {
    gone: 'The model server {{name}} cannot be reached, since {{time}}.',
    silent: 'The model server {{name}} takes questions but writes nothing, since {{time}}.',
    faulty: 'The model server {{name}} answers with errors, since {{time}}.',
    unauthorized: 'The model server {{name}} refuses the key of INFERENCE_API_KEY, since {{time}}.',
  },
  meanwhile: {
    all: 'Meanwhile every answer is quoted from documents.',
    some: 'Meanwhile these are quoted from documents: {{uses}}.',
    others: 'Meanwhile the other servers answer.',
    none: 'These are quoted from documents: {{uses}}.',
  },
  unserved: 'No model server serves “{{model}}” ({{from}}).',
  unsure: '“{{model}}” ({{from}}) is served by no server that can be reached now.',
  from: {
    allowedModels: 'Settings, models that may be asked',
    modelRoutes: 'Settings, models by use case',
    INFERENCE_MODELS: 'INFERENCE_MODELS',
    INFERENCE_ROUTES: 'INFERENCE_ROUTES',
  },
  uses: {
    question: 'questions',
    drafting: 'reply drafts',
    code: 'code',
    creative: 'creative writing',
    batch: 'batches',
    embedding: 'vectors',
  },
  thereAre: 'There are: {{models}}.',
} as const;
