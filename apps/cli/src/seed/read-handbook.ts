import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  collections: z.array(
    z.object({ slug: z.string(), name: z.object({ en: z.string() }), readers: z.array(z.string()) }),
  ),
  documents: z.array(z.object({ path: z.string(), collection: z.string() })),
});

export type Handbook = z.infer<typeof manifest> & { readonly folder: string };

/** The sample handbook of the checkout; nothing where it was left out of the installation. */
export function readHandbook(checkout: string): Handbook | undefined {
  const folder = join(checkout, 'apps', 'cli', 'samples', 'handbook');
  const path = join(folder, 'manifest.json');
  if (!existsSync(path)) return undefined;
  return { folder, ...manifest.parse(JSON.parse(readFileSync(path, 'utf8'))) };
}
