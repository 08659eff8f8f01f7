// What the door and the parser make of every file of a folder:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/document-path/bench/parse-folder.bench.ts FOLDER [--show]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chunkBlocks } from '../src/4-chunk/chunk-blocks.step.js';
import { cleanFileName, titleOf } from '../src/1-accept/clean-name.js';
import { sniffFormat } from '../src/1-accept/sniff-format.js';
import { sentence, UnreadableDocument } from '../src/document-path.errors.js';
import { benchLimits, sourceParsers } from '../src/testing/source-parsers.js';

const [folder, show] = process.argv.slice(2);
if (!folder) throw new Error('give a folder');
const parsers = sourceParsers(benchLimits);
for (const name of readdirSync(folder).sort()) {
  const content = readFileSync(join(folder, name));
  const began = performance.now();
  const outcome = await outcomeOf(name, content);
  process.stdout.write(`${name}\t${Math.round(performance.now() - began)} ms\t${outcome}\n`);
}
await parsers.close();

async function outcomeOf(name: string, content: Buffer): Promise<string> {
  const sniffed = sniffFormat(cleanFileName(name) ?? '', content);
  if ('code' in sniffed) return `refused at the door: ${sentence(sniffed.code, sniffed.detail)}`;
  try {
    const parsed = await parsers.parse(sniffed.format, content, new AbortController().signal);
    const title = titleOf(name, parsed.title);
    const passages = chunkBlocks(parsed.blocks, title);
    if (show)
      for (const { heading, page, content: text } of passages)
        process.stdout.write(`--- [${page}] ${heading}\n${text}\n`);
    const tables = parsed.blocks.filter((block) => block.kind === 'table').length;
    const headings = parsed.blocks.filter((block) => block.kind === 'heading').length;
    return `«${title}», pages ${parsed.pages ?? '–'}, headings ${headings}, tables ${tables}, passages ${passages.length}`;
  } catch (cause) {
    if (cause instanceof UnreadableDocument) return `refused: ${sentence(cause.code, cause.detail)}`;
    throw cause;
  }
}
