import { describe, expect, it } from '@jest/globals';
import { openingOf, searchedOf, stepsOfRecord } from './steps-of-record.js';

const opened = { kind: 'question.opened', detail: { door: 'ask', documents: 'auto', question: 'x' } };
const closed = (detail: Record<string, unknown>) => ({ kind: 'question.closed', detail });
const states = (rows: Parameters<typeof stepsOfRecord>[0]) =>
  stepsOfRecord(rows).map(({ step, state }) => `${step} ${state}`);

describe('stepsOfRecord', () => {
  it('shows an answered question step by step, with times and facts', () => {
    const steps = stepsOfRecord([
      opened,
      closed({
        model: { model: 'm', driver: 'extractive' },
        passedOver: [
          { model: 'a', code: 'INFERENCE_UNREACHABLE' },
          { model: 'b', code: 'INFERENCE_BUSY' },
        ],
        tokens: { prompt: 10, completion: 5, estimated: false },
        milliseconds: { quota: 3, firewall: 2, retrieval: 14, audit: 6, inference: 900 },
        firewall: { action: 'redact', rules: [{ rule: 'secret.aws', category: 'secret' }], redactions: 1 },
        passages: {
          shown: [{ title: 'Leave' }, { title: 'Leave' }, { title: 'Travel' }],
          withheld: 2,
          screenedOut: [],
          released: [
            { id: 'p7', rules: ['direct-injection.ignore', 'jailbreak.mode'] },
            { id: 'p8', rules: ['jailbreak.mode'] },
          ],
          scannedOut: ['p9'],
        },
        scanner: [{ ruleId: 'w', category: 'names', action: 'redact' }],
        refusal: null,
        fault: null,
        finish: ['stop'],
      }),
    ]);
    expect(steps.every((step) => step.state === 'done')).toBe(true);
    const facts = Object.fromEntries(
      steps.flatMap((step) => step.facts.map(({ name, value }) => [name, value])),
    );
    expect(facts).toEqual({
      door: 'ask',
      action: 'redact',
      rules: 'secret.aws',
      redactions: 1,
      shown: 'Leave, Travel',
      withheld: 2,
      released: 'direct-injection.ignore, jailbreak.mode',
      scannedOut: 1,
      model: 'm',
      driver: 'extractive',
      passedOver: 'a (INFERENCE_UNREACHABLE), b (INFERENCE_BUSY)',
      tokens: 15,
      finish: 'stop',
      hits: 'names',
    });
    expect(steps.find((step) => step.step === 'retrieval')?.milliseconds).toBe(14);
  });

  it('says what would have been done in shadow mode, and what exceptions spared', () => {
    const factsOf = (firewall: object) =>
      stepsOfRecord([opened, closed({ firewall })]).find(({ step }) => step === 'firewall')?.facts;
    const [rule, spared] = [{ rule: 'sql.union' }, { rule: 'xss.script', exception: 'course' }];
    expect(factsOf({ action: 'flag', shadow: 'refuse', rules: [rule], spared: [spared, spared] })).toEqual([
      { name: 'action', value: 'flag' },
      { name: 'shadow', value: 'refuse' },
      { name: 'rules', value: 'sql.union' },
      { name: 'spared', value: 'xss.script: course' },
    ]);
    expect(factsOf({ action: 'allow', shadow: 'allow', rules: [], spared: [] })).toEqual([
      { name: 'action', value: 'allow' },
    ]);
    expect(factsOf({ action: 'allow', shadow: null })).toEqual([{ name: 'action', value: 'allow' }]);
  });

  it('says by which rules passages were screened out', () => {
    const factsOf = (screenedOut: unknown[]) =>
      stepsOfRecord([opened, closed({ passages: { shown: [], withheld: 0, screenedOut } })])
        .find(({ step }) => step === 'retrieval')
        ?.facts.filter(({ name }) => name.startsWith('screened'));
    const rules = ['direct-injection.ignore', 'document-instruction.to-model'].map((rule) => ({ rule }));
    expect(
      factsOf([
        { id: 'p1', rules },
        { id: 'p2', rules: rules.slice(1) },
      ]),
    ).toEqual([
      { name: 'screenedOut', value: 2 },
      { name: 'screenedFor', value: 'direct-injection.ignore, document-instruction.to-model' },
    ]);
    const shadowed = [{ id: 'p1', rules }];
    const passages = { shown: [], withheld: 0, screenedOut: [], shadowed };
    const retrieval = stepsOfRecord([opened, closed({ passages })]).find(({ step }) => step === 'retrieval');
    expect(retrieval?.facts.at(-1)).toEqual({
      name: 'shadowed',
      value: 'direct-injection.ignore, document-instruction.to-model',
    });
    expect(factsOf(['p1'])).toEqual([{ name: 'screenedOut', value: 1 }]);
    expect(factsOf([])).toEqual([]);
  });

  it('says how large a recording was', () => {
    const detail = { door: 'transcriptions', recording: { bytes: 64_044, sha256: 'ab', type: 'audio/wav' } };
    const [auth] = stepsOfRecord([
      { kind: 'question.opened', detail },
      closed({ refusal: null, fault: null }),
    ]);
    expect(openingOf([{ kind: 'question.opened', detail }])).toEqual(detail);
    expect(openingOf([opened])).toEqual({ door: 'ask', recording: null });
    expect(openingOf([])).toEqual({ door: '', recording: null });
    expect(auth?.facts).toEqual([
      { name: 'door', value: 'transcriptions' },
      { name: 'recording', value: 64_044 },
    ]);
  });

  it('ends at a refusal', () => {
    const detail = {
      milliseconds: { quota: 1, firewall: 2 },
      refusal: { step: 'firewall', code: 'FIREWALL_SQL' },
      fault: null,
    };
    expect(states([opened, closed(detail)])).toEqual([
      'auth done',
      'quota done',
      'firewall refused',
      'retrieval not-reached',
      'inference not-reached',
      'scanner not-reached',
      'audit done',
    ]);
  });

  it('names the step that a fault ended, and a record that was never closed', () => {
    const fault = closed({
      milliseconds: { quota: 1, firewall: 1, retrieval: 2 },
      refusal: null,
      fault: 'INFERENCE_TIMEOUT',
    });
    expect(states([opened, fault])[4]).toBe('inference failed');
    expect(states([opened])[6]).toBe('audit not-reached');
  });

  it('says what a follow-up question was searched for as, and in which collections', () => {
    const rewrite = {
      by: 'rule',
      failure: 'late',
      searched: { text: null, context: 'How long is the probation period?' },
    };
    const asked = { kind: 'question.opened', detail: { ...opened.detail, collections: ['a', 'b'] } };
    const rows = [
      asked,
      closed({ milliseconds: { retrieval: 3 }, rewrite, passages: { shown: [], withheld: 4 } }),
    ];
    const facts = stepsOfRecord(rows).find(({ step }) => step === 'retrieval')?.facts;
    expect(facts).toEqual([
      { name: 'rewrite', value: 'rule' },
      { name: 'failure', value: 'late' },
      { name: 'collections', value: 2 },
      { name: 'withheld', value: 4 },
    ]);
    const context = 'How long is the probation period?';
    expect(searchedOf(rows)).toEqual({ by: 'rule', text: null, context, kept: true });
    expect(searchedOf([asked, closed({ rewrite: { by: 'model', failure: null, searched: null } })])).toEqual({
      by: 'model',
      text: null,
      context: null,
      kept: false,
    });
    expect(searchedOf([opened, closed({ rewrite: null })])).toBeNull();
  });

  it('bears a detail of any shape', () => {
    for (const detail of [
      {},
      { milliseconds: [], passages: 'x', firewall: 3, rewrite: [1], scanner: { a: 1 }, finish: null },
    ]) {
      expect(stepsOfRecord([opened, closed(detail)])).toHaveLength(7);
    }
  });
});
