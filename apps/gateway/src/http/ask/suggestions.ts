import { Inject, Injectable } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Collections } from '@lorekeep/retrieval';
import type { CallContext } from '@lorekeep/kit/context';

interface Question {
  text: string;
  language: 'en' | 'zh';
}
interface Manifest {
  collections: { slug: string }[];
  questions: Question[];
}

const MANIFEST = fileURLToPath(new URL('../../../../cli/samples/handbook/manifest.json', import.meta.url));
/** As many as an empty conversation shows. */
const SHOWN = 4;

/** Questions about the sample handbook, where it is there to be asked about. */
@Injectable()
export class Suggestions {
  private readonly manifest: Manifest | null = existsSync(MANIFEST)
    ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest)
    : null;

  constructor(@Inject(Collections) private readonly collections: Collections) {}

  async for(ctx: CallContext): Promise<Question[]> {
    if (!this.manifest) return [];
    const readable = new Set((await this.collections.list(ctx)).map(({ slug }) => slug));
    // Without the collection that everyone may read there is no sample handbook in this tenant.
    if (!readable.has(this.manifest.collections[0]?.slug ?? '')) return [];
    return this.manifest.questions.slice(0, SHOWN).map(({ text, language }) => ({ text, language }));
  }
}
