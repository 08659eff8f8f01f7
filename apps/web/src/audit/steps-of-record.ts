import type { AuditRow, Step } from '@lorekeep/contracts';

export type StepState = 'done' | 'refused' | 'failed' | 'skipped' | 'not-reached';
export interface StepFact {
  name:
    | 'door'
    | 'recording'
    | 'action'
    | 'shadow'
    | 'rules'
    | 'spared'
    | 'redactions'
    | 'shown'
    | 'withheld'
    | 'screenedOut'
    | 'screenedFor'
    | 'shadowed'
    | 'released'
    | 'scannedOut'
    | 'collections'
    | 'rewrite'
    | 'failure'
    | 'model'
    | 'passedOver'
    | 'driver'
    | 'tokens'
    | 'finish'
    | 'turnsLeftOut'
    | 'passagesLeftOut'
    | 'hits'
    | 'code'
    | 'fault';
  value: string | number;
}
export interface RecordedStep {
  step: Step;
  state: StepState;
  milliseconds: number | null;
  facts: StepFact[];
}

const ORDER: readonly Step[] = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'];

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function fact(name: StepFact['name'], value: unknown): StepFact[] {
  if (typeof value === 'number') return [{ name, value }];
  return typeof value === 'string' && value !== '' ? [{ name, value }] : [];
}

/** `sql.union: course`: rules that did not count, each with the exception that says so. */
const sparedOf = (list: unknown) =>
  [
    ...new Set(
      listOf(list)
        .map(objectOf)
        .map(({ rule, exception }) => `${textOf(rule)}: ${textOf(exception)}`),
    ),
  ].join(', ');

/** `a (INFERENCE_UNREACHABLE)`: models of the route that were asked before, and why they did not answer. */
const passedOverOf = (list: unknown) =>
  listOf(list)
    .map(objectOf)
    .map(({ model, code }) => `${textOf(model)} (${textOf(code)})`)
    .join(', ');

const answered = (closed: Json) => objectOf(closed['model'])['model'] !== undefined;

/** What was found in passages: those that were kept back, or that an administrator had let in. */
function rulesOf(passages: unknown): string {
  const rules = listOf(passages).flatMap((each) => listOf(objectOf(each)['rules']).map(ruleOf));
  return [...new Set(rules)].join(', ');
}

const ruleOf = (rule: unknown) => textOf(rule) || textOf(objectOf(rule)['rule']);

const names = (list: unknown, key: string) =>
  [...new Set(listOf(list).map((each) => textOf(objectOf(each)[key])))].join(', ');

function retrievalFacts(opened: Json, closed: Json): StepFact[] {
  const passages = objectOf(closed['passages']);
  const rewrite = objectOf(closed['rewrite']);
  const collections = listOf(opened['collections']).length;
  const screenedOut = listOf(passages['screenedOut']);
  const scannedOut = listOf(passages['scannedOut']);
  return [
    ...fact('rewrite', rewrite['by']),
    ...fact('failure', rewrite['failure']),
    ...(collections > 0 ? fact('collections', collections) : []),
    ...fact('shown', names(passages['shown'], 'title')),
    ...fact('withheld', passages['withheld']),
    ...(screenedOut.length > 0 ? fact('screenedOut', screenedOut.length) : []),
    ...fact('screenedFor', rulesOf(screenedOut)),
    ...fact('shadowed', rulesOf(passages['shadowed'])),
    ...fact('released', rulesOf(passages['released'])),
    ...(scannedOut.length > 0 ? fact('scannedOut', scannedOut.length) : []),
  ];
}

/** The facts of each step, out of what the question path writes into its closing record. */
function factsOf(step: Step, opened: Json, closed: Json): StepFact[] {
  const firewall = objectOf(closed['firewall']);
  const model = objectOf(closed['model']);
  const tokens = objectOf(closed['tokens']);
  switch (step) {
    case 'auth':
      return [...fact('door', opened['door']), ...fact('recording', objectOf(opened['recording'])['bytes'])];
    case 'firewall':
      return [
        ...fact('action', firewall['action']),
        ...(firewall['shadow'] === 'allow' ? [] : fact('shadow', firewall['shadow'])),
        ...fact('rules', names(firewall['rules'], 'rule')),
        ...fact('spared', sparedOf(firewall['spared'])),
        ...(firewall['redactions'] ? fact('redactions', firewall['redactions']) : []),
      ];
    case 'retrieval':
      return retrievalFacts(opened, closed);
    case 'inference': {
      const shortened = objectOf(closed['shortened']);
      const total = Number(tokens['prompt'] ?? 0) + Number(tokens['completion'] ?? 0);
      return [
        ...fact('model', model['model']),
        ...fact('driver', model['driver']),
        ...fact('passedOver', passedOverOf(closed['passedOver'])),
        ...(total > 0 ? fact('tokens', total) : []),
        ...(shortened['turns'] ? fact('turnsLeftOut', shortened['turns']) : []),
        ...(shortened['passages'] ? fact('passagesLeftOut', shortened['passages']) : []),
        ...fact('finish', listOf(closed['finish']).map(textOf).join(', ')),
      ];
    }
    case 'scanner':
      return fact('hits', names(closed['scanner'], 'category') || (answered(closed) ? 0 : ''));
    case 'quota':
    case 'audit':
      return [];
  }
}

/** Through which door it came, and of a transcription what was heard. */
export interface Opening {
  door: string;
  recording: { bytes: number; type: string; sha256: string } | null;
}

export function openingOf(rows: readonly Pick<AuditRow, 'kind' | 'detail'>[]): Opening {
  const opened = objectOf(rows.find((row) => row.kind === 'question.opened')?.detail);
  const recording = objectOf(opened['recording']);
  const { bytes } = recording;
  return {
    door: textOf(opened['door']),
    recording:
      typeof bytes === 'number'
        ? { bytes, type: textOf(recording['type']), sha256: textOf(recording['sha256']) }
        : null,
  };
}

/** What was searched for in place of the question, or together with it; null: the question as it stands. */
export interface Searched {
  by: string;
  /** Of a model; null by rule, and where texts are not kept. */
  text: string | null;
  /** Earlier words of the conversation, or the person's own beside a model's. */
  context: string | null;
  /** False: texts are not kept. */
  kept: boolean;
}

export function searchedOf(rows: readonly Pick<AuditRow, 'kind' | 'detail'>[]): Searched | null {
  const closed = objectOf(rows.findLast((row) => row.kind === 'question.closed')?.detail);
  const rewrite = objectOf(closed['rewrite']);
  const by = textOf(rewrite['by']);
  if (by === '') return null;
  const searched = objectOf(rewrite['searched']);
  const { text, context } = { text: textOf(searched['text']), context: textOf(searched['context']) };
  return { by, text: text || null, context: context || null, kept: (text || context) !== '' };
}

/**
 * A question's records as the seven steps, in order. What took time was done; what was refused is marked; what comes
 * after a refusal or a fault was not reached.
 */
export function stepsOfRecord(rows: readonly Pick<AuditRow, 'kind' | 'detail'>[]): RecordedStep[] {
  const opened = objectOf(rows.find((row) => row.kind === 'question.opened')?.detail);
  const last = rows.findLast((row) => row.kind === 'question.closed');
  const closed = objectOf(last?.detail);
  const times = objectOf(closed['milliseconds']);
  const refusal = objectOf(closed['refusal']);
  const refusedAt = textOf(refusal['step']);
  const fault = textOf(closed['fault']);
  return ORDER.map((step) => {
    const time = times[step];
    const milliseconds = typeof time === 'number' ? time : null;
    const facts = factsOf(step, opened, closed);
    const done =
      milliseconds !== null ||
      step === 'auth' ||
      step === 'audit' ||
      (step === 'scanner' && answered(closed));
    if (step === refusedAt)
      return { step, state: 'refused', milliseconds, facts: [...facts, ...fact('code', refusal['code'])] };
    if (step === 'audit' && !last) return { step, state: 'not-reached', milliseconds, facts };
    const failed = fault !== '' && step === firstUndone(times);
    if (failed) return { step, state: 'failed', milliseconds, facts: [...facts, ...fact('fault', fault)] };
    if (step === 'retrieval' && opened['documents'] === 'none')
      return { step, state: 'skipped', milliseconds, facts: [] };
    return { step, state: done ? 'done' : 'not-reached', milliseconds, facts };
  });
}

/** Where a fault ended it: the first step that took no time. */
function firstUndone(times: Json): Step | undefined {
  return (['quota', 'firewall', 'retrieval', 'inference'] as const).find((step) => times[step] === undefined);
}
