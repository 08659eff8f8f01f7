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
        tokens: { prompt: 10, completion: 5, estimated: false },
        milliseconds: { quota: 3, firewall: 2, retrieval: 14, audit: 6, inference: 900 },
        firewall: { action: 'redact', rules: [{ rule: 'secret.aws', category: 'secret' }], redactions: 1 },
        passages: {
          shown: [{ title: 'Leave' }, { title: 'Leave' }, { title: 'Travel' }],
          withheld: 2,
          screenedOut: [],
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
      scannedOut: 1,
      model: 'm',
      driver: 'extractive',
      tokens: 15,
      finish: 'stop',
      hits: 'names',
    });
    expect(steps.find((step) => step.step === 'retrieval')?.milliseconds).toBe(14);
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
