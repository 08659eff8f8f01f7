import type { Client } from './client.js';

/** A collection that everyone reads, of one document: what the warranty of the blue kettle is. Needs a worker. */
export async function makeKettleHandbook(admin: Client): Promise<void> {
  const made = await admin.call('POST', '/api/collections', { slug: 'all', name: 'all' });
  const { id } = made.body as { id: string };
  const readers = [{ principal: 'everyone', effect: 'allow' }];
  await admin.call('PUT', `/api/collections/${id}/readers`, { readers });
  const text = '# Warranty\n\nThe warranty of the blue kettle lasts 24 months.\n';
  const { body } = await admin.upload(id, 'warranty.md', text);
  await admin.settled((body as { id: string }).id);
}
