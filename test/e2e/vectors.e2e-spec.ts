import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '../support/client.js';
import { startFakeModels, type FakeModels } from '../support/fake-models/start.js';
import { startStack, type Stack } from '../support/stack.js';
import { until } from '../support/until.js';

interface Status {
  readonly search: string;
  readonly summary: string;
  readonly sets: { state: string; done: number; total: number; failure: string | null }[];
}

describe('search by words and vectors', () => {
  let models: FakeModels;
  let stack: Stack;
  let anna: Client;

  beforeAll(async () => {
    models = await startFakeModels({ synonyms: { automobile: 'car', automobiles: 'car', cars: 'car' } });
    stack = await startStack({
      RETRIEVAL_EMBEDDING_URL: `${models.url}/v1`,
      RETRIEVAL_EMBEDDING_MODEL: 'words',
      RETRIEVAL_QUESTION_VECTOR_TIMEOUT_MS: '10000',
    });
    anna = await stack.person('anna@first.example');
  }, 120_000);
  afterAll(async () => {
    await stack?.stop();
    await models?.close();
  });

  const status = async (): Promise<Status> =>
    (await stack.admin.call('GET', '/api/admin/vectors')).body as Status;
  async function upload(slug: string, readers: string[], text: string): Promise<void> {
    const made = await stack.admin.call('POST', '/api/collections', { slug, name: slug });
    const { id } = made.body as { id: string };
    await stack.admin.call('PUT', `/api/collections/${id}/readers`, {
      readers: readers.map((principal) => ({ principal, effect: 'allow' })),
    });
    const { body } = await stack.admin.upload(id, `${slug}.md`, text);
    await stack.admin.settled((body as { id: string }).id);
  }
  const cited = async (question: string): Promise<string> => JSON.stringify(await anna.ask(question));

  it('answers what is asked in other words, from what the person may read', async () => {
    const group = await stack.admin.call('POST', '/api/admin/groups', { name: 'board' });
    await upload('garage', ['everyone'], '# Garage\n\nThe car of the company stands in the garage.\n');
    await upload(
      'board',
      [`group:${(group.body as { id: string }).id}`],
      '# Board\n\nThe car of the board.\n',
    );
    await until(async () =>
      (await status()).sets.some(({ state, done }) => state === 'active' && done === 2),
    );
    expect(await status()).toMatchObject({ search: 'signature', sets: [{ total: 2, failure: null }] });
    const answer = await cited('automobile');
    expect(answer).toContain('The car of the company stands in the garage.');
    expect(answer).not.toContain('board');
    const metrics = await fetch(`${stack.url}/metrics`).then((response) => response.text());
    expect(metrics).toMatch(/lorekeep_vector_searches_total\{outcome="used"\} [1-9]/);
  }, 120_000);

  it('answers by words alone while the model is away, and says so to the operator only', async () => {
    Object.assign(models, { mode: 'status', status: 503 });
    const answer = await cited('Where does the car of the company stand?');
    expect(answer).toContain('The car of the company stands in the garage.');
    expect(answer).not.toMatch(/vector|embedding/);
    const metrics = await fetch(`${stack.url}/metrics`).then((response) => response.text());
    expect(metrics).toMatch(/lorekeep_vector_searches_total\{outcome="away"\} [1-9]/);
    expect(stack.logs()).toContain('whether vectors and reranker take part has changed');
  });

  it('shows how far it is to administrators alone', async () => {
    expect((await anna.call('GET', '/api/admin/vectors')).status).toBe(403);
  });
});
