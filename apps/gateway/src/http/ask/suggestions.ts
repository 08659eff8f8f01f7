import { Inject, Injectable } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chooseSuggestions, type SampleQuestion } from './choose-suggestions.js';
import { Collections } from '@lorekeep/retrieval';
import type { CallContext } from '@lorekeep/kit/context';

interface Manifest {
  collections: { slug: string }[];
  questions: SampleQuestion[];
}

const MANIFEST = fileURLToPath(new URL('../../../../cli/samples/handbook/manifest.json', import.meta.url));

/** Questions about the sample handbook, where it is there to be asked about. */
@Injectable()
export class Suggestions {
  private readonly manifest: Manifest | null = existsSync(MANIFEST)
    ? (JSON.parse(readFileSync(MANIFEST, 'utf8')) as Manifest)
    : null;

  constructor(@Inject(Collections) private readonly collections: Collections) {}

  async for(ctx: CallContext, language: 'en' | 'zh'): Promise<Pick<SampleQuestion, 'text' | 'language'>[]> {
    if (!this.manifest) return [];
    const readable = new Set((await this.collections.list(ctx)).map(({ slug }) => slug));
    // Without the collection that everyone may read there is no sample handbook in this tenant.
    if (!readable.has(this.manifest.collections[0]?.slug ?? '')) return [];
    const chosen = chooseSuggestions(this.manifest.questions, language);
    return chosen.map((question) => ({ text: question.text, language: question.language }));
  }
}
