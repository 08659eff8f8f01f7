import { describe, expect, it } from '@jest/globals';
import { faultOfStatus } from './fault-of-status.js';

const error = (fields: object) => JSON.stringify({ error: fields });

describe('faultOfStatus', () => {
  it.each<[number, string, string]>([
    [404, '{"detail":"Not Found"}', 'INFERENCE_UNSUPPORTED'],
    [404, '<html>', 'INFERENCE_UNSUPPORTED'],
    [404, error({ message: 'The model `m` does not exist.', param: 'model' }), 'INFERENCE_MODEL_MISSING'],
    [405, '{"detail":"Method Not Allowed"}', 'INFERENCE_UNSUPPORTED'],
    [501, '', 'INFERENCE_UNSUPPORTED'],
    [400, error({ message: 'The model does not support Embeddings API' }), 'INFERENCE_UNSUPPORTED'],
    [400, error({ message: 'x', param: 'input_tokens' }), 'INFERENCE_TOO_LONG'],
    [400, error({ message: 'x', param: 'messages' }), 'INFERENCE_REJECTED'],
    [413, '', 'INFERENCE_TOO_LONG'],
    [401, '{"error":"Unauthorized"}', 'INFERENCE_UNAUTHORIZED'],
    [403, '', 'INFERENCE_UNAUTHORIZED'],
    [503, '', 'INFERENCE_BUSY'],
    [500, '', 'INFERENCE_FAILED'],
    [302, '', 'INFERENCE_REJECTED'],
  ])('%i %s is %s', (status, body, code) => {
    const fault = faultOfStatus(status, body);
    expect(fault.code).toBe(code);
    // No upstream text, and no 401 or 403 of the engine as if it were the caller's own.
    expect(fault.safeText).not.toMatch(/Not Found|exist|Unauthorized/);
    expect([401, 403]).not.toContain(fault.status);
  });
});
