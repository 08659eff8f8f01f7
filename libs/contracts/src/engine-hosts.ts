import { z } from 'zod';
import { route } from './route.js';

const proof = z.string().min(1).max(100);

const body = z.strictObject({
  address: z.string().min(1).max(300),
  at: z.int().min(0),
  nonce: z.string().regex(/^[\w-]{16,64}$/),
  leaving: z.boolean(),
  proof,
});
export type EngineHostBody = z.infer<typeof body>;

export const engineHostRoutes = {
  registerEngineHost: route({
    method: 'POST',
    path: '/api/engine-hosts',
    permission: 'public',
    summary:
      'An engine host says where it is, every two seconds, and that it leaves; both sides prove one key',
    tag: 'operations',
    body,
    response: z.object({ proof, lapseSeconds: z.number() }),
  }),
};
