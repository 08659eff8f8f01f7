import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@lorekeep/kit/clock';
import { InferenceFault, type InferenceCode } from '../inference.errors.js';
import type { OpenAiDriver } from '../openai/openai-driver.js';
import { FAULTS_TO_OPEN, OPEN_MAX_MS, OPEN_MS } from './breaker.js';
import { BUSY_MS, LOST_MS, Replica } from './replica.js';

function replicaAt(clock: ManualClock): Replica {
  return new Replica('r', {} as OpenAiDriver, 8, clock);
}
const fault = (code: InferenceCode) => new InferenceFault(code);

describe('a replica and its breaker', () => {
  it.each<[InferenceCode, number | 'never', string | null]>([
    ['INFERENCE_UNREACHABLE', 1, 'gone'],
    ['INFERENCE_UNAUTHORIZED', 1, 'unauthorized'],
    ['INFERENCE_STALLED', 1, 'silent'],
    ['INFERENCE_FIRST_TOKEN_TIMEOUT', 1, 'silent'],
    ['INFERENCE_FAILED', FAULTS_TO_OPEN, 'faulty'],
    ['INFERENCE_BROKEN', FAULTS_TO_OPEN, 'faulty'],
    ['INFERENCE_ABORTED', FAULTS_TO_OPEN, 'faulty'],
    ['INFERENCE_MODEL_MISSING', FAULTS_TO_OPEN, 'faulty'],
    ['INFERENCE_BUSY', 'never', null],
    ['INFERENCE_TOO_LONG', 'never', null],
    ['INFERENCE_REJECTED', 'never', null],
    ['INFERENCE_OPTIONS_REFUSED', 'never', null],
    ['INFERENCE_UNSUPPORTED', 'never', null],
    ['INFERENCE_AUDIO_REFUSED', 'never', null],
    ['INFERENCE_EMPTY', 'never', null],
    ['INFERENCE_CANCELLED', 'never', null],
    ['INFERENCE_TIMEOUT', 'never', null],
  ])('%s opens after %s', (code, times, reason) => {
    const clock = new ManualClock();
    const replica = replicaAt(clock);
    clock.advance(10_000);
    let opened: number | 'never' = 'never';
    for (let count = 1; count <= 10 && opened === 'never'; count++) {
      replica.failed(fault(code), 1_000, 'm');
      if (replica.isOpen) opened = count;
    }
    expect([opened, replica.breaker.reason]).toEqual([times, reason]);
  });

  it('one that moves is not silent, though one question on it was', () => {
    const clock = new ManualClock();
    const replica = replicaAt(clock);
    clock.advance(10_000);
    replica.moved();
    clock.advance(500);
    replica.failed(fault('INFERENCE_STALLED'), 1_000, 'm');
    expect(replica.isOpen).toBe(false);
  });

  it('tells questions without a byte when it falls silent', () => {
    const clock = new ManualClock();
    const replica = replicaAt(clock);
    let moved = 0;
    replica.pending.add({ move: () => (moved += 1), lose: () => undefined });
    clock.advance(10_000);
    replica.failed(fault('INFERENCE_FAILED'), 1_000, 'm');
    expect(moved).toBe(0);
    replica.failed(fault('INFERENCE_STALLED'), 1_000, 'm');
    expect(moved).toBe(1);
  });

  it('is lost to questions without a byte when it answers no check for long, not by one that comes late', () => {
    const clock = new ManualClock();
    const replica = replicaAt(clock);
    let lost = 0;
    replica.pending.add({ move: () => undefined, lose: () => (lost += 1) });
    clock.advance(LOST_MS);
    replica.checked(false, true);
    expect(lost).toBe(0);
    replica.moved();
    replica.checked(false, true);
    expect(lost).toBe(0);
    clock.advance(LOST_MS);
    replica.checked(false, true);
    expect(lost).toBe(1);
  });

  it('that leaves is lost where it does not answer, and else ends what it was asked', () => {
    const replica = replicaAt(new ManualClock());
    let lost = 0;
    replica.pending.add({ move: () => undefined, lose: () => (lost += 1) });
    replica.checked(true, false);
    expect(lost).toBe(0);
    replica.checked(false, false);
    expect(lost).toBe(1);
  });

  it('an answer forgets the faults before it', () => {
    const replica = replicaAt(new ManualClock());
    for (let round = 0; round < 5; round++) {
      for (let count = 1; count < FAULTS_TO_OPEN; count++)
        replica.failed(fault('INFERENCE_FAILED'), 1_000, 'm');
      replica.breaker.succeeded();
    }
    expect(replica.isOpen).toBe(false);
  });

  it('busy passes', () => {
    const clock = new ManualClock();
    const replica = replicaAt(clock);
    replica.failed(fault('INFERENCE_BUSY'), 1_000, 'm');
    expect(replica.isBusy).toBe(true);
    clock.advance(BUSY_MS);
    expect(replica.isBusy).toBe(false);
  });

  it('is checked after a while, twice as late after each check in vain, and closes when one succeeds', () => {
    const clock = new ManualClock();
    const { breaker } = replicaAt(clock);
    breaker.open('gone');
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      let waited = 0;
      for (; !breaker.isDue(); waited += 50) clock.advance(50);
      waits.push(waited);
      breaker.half();
      expect(breaker.state).toBe('half-open');
      breaker.reopen();
    }
    expect(waits).toEqual([OPEN_MS, 500, 1_000, OPEN_MAX_MS, OPEN_MAX_MS, OPEN_MAX_MS]);
    breaker.half();
    breaker.close();
    expect([breaker.state, breaker.reason, breaker.isDue()]).toEqual(['closed', null, false]);
  });

  it('what is learnt during a check does not cut it short', () => {
    const { breaker } = replicaAt(new ManualClock());
    breaker.open('silent');
    breaker.half();
    breaker.open('gone');
    expect([breaker.state, breaker.reason]).toEqual(['half-open', 'silent']);
  });
});
