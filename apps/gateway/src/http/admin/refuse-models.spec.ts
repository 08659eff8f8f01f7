import { describe, expect, it } from '@jest/globals';
import type { KnownModels } from '@lorekeep/inference';
import { refuseModels, type ModelSettings } from './refuse-models.js';

const known: KnownModels = { configured: [], servers: [{ isUp: true, models: ['llama', 'gpt'] }] };
const away: KnownModels = { configured: [], servers: [{ isUp: false, models: null }] };
const NOTHING: ModelSettings = { allowedModels: [], modelRoutes: '' };

/** Code, field and sentence of the refusal; null where there is none. */
function refusal(next: Partial<ModelSettings>, before = NOTHING, models = known): unknown {
  try {
    refuseModels(before, next, models);
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { path: string; message: string }[] };
    return [code, details[0]?.path, details[0]?.message];
  }
}

describe('models in the settings of a tenant', () => {
  it('are taken where a server serves them, and the quotations always', () => {
    expect(
      refusal({ allowedModels: ['gpt', 'extractive'], modelRoutes: 'question: llama, extractive' }),
    ).toBeNull();
    expect(refusal({})).toBeNull();
    expect(
      refusal({ modelRoutes: 'question: extractive' }, NOTHING, { configured: [], servers: [] }),
    ).toBeNull();
  });

  it('are refused by name, with those that there are', () => {
    expect(refusal({ allowedModels: ['gpt', 'lama'] })).toEqual([
      'MODEL_NOT_SERVED',
      'allowedModels',
      'No model server serves “lama”. There are llama, gpt, extractive.',
    ]);
    expect(refusal({ modelRoutes: 'code: gpt|gtp' })).toEqual([
      'MODEL_NOT_SERVED',
      'modelRoutes',
      'No model server serves “gtp”. There are llama, gpt, extractive.',
    ]);
    const many = { configured: Array.from({ length: 30 }, (_, at) => `m${at}`), servers: known.servers };
    expect(refusal({ allowedModels: ['x'] }, NOTHING, many)).toContain(
      'No model server serves “x”. There are m0, m1, m2, m3, m4, m5, m6, m7, extractive and 22 more.',
    );
    expect(refusal({ allowedModels: ['x'] }, NOTHING, { configured: [], servers: [] })).toContain(
      'No model server serves “x”. There are extractive.',
    );
  });

  it('are taken while a server that is away may serve them', () => {
    expect(refusal({ allowedModels: ['lama'], modelRoutes: 'code: lama' }, NOTHING, away)).toBeNull();
  });

  it('may stay what they were, though their model is gone since', () => {
    const before = { allowedModels: ['old'], modelRoutes: 'question: old' };
    expect(refusal({ ...before }, before)).toBeNull();
    expect(refusal({ allowedModels: ['old', 'gpt'] }, before)).toBeNull();
    expect(refusal({ allowedModels: ['old', 'new'] }, before)).toContain('MODEL_NOT_SERVED');
  });

  it('are refused by place where they cannot be read', () => {
    expect(refusal({ modelRoutes: 'question: llama; chat: gpt' })).toEqual([
      'MODEL_ROUTES_INVALID',
      'modelRoutes',
      'The models by use case cannot be read at character 18. There stands “chat”. The use cases are question, drafting, code, creative, batch, embedding, transcription.',
    ]);
    expect(refusal({ modelRoutes: 'question: llama,' })).toContain(
      'The models by use case cannot be read at character 17. Nothing stands there. A model has a name of letters, digits and . _ : / - that begins with a letter or a digit.',
    );
  });
});
