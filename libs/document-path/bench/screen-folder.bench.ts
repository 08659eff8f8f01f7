// What the firewall's built-in policy holds back of the files of folders, each read and screened as when it is taken in:
//   node --import ./test/support/typescript.mjs -C lorekeep-source libs/document-path/bench/screen-folder.bench.ts FOLDER… [--every N]
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BUILT_IN, inspectText } from '@lorekeep/firewall';
import { systemContext } from '@lorekeep/kit/context';
import { cleanFileName, titleOf } from '../src/1-accept/clean-name.js';
import { sniffFormat } from '../src/1-accept/sniff-format.js';
import { describeFinding } from '../src/3-screen/describe-finding.js';
import { screenDocument } from '../src/3-screen/screen-document.step.js';
import { UnreadableDocument } from '../src/document-path.errors.js';
import type { DocumentScreen } from '../src/ports.js';
import { benchLimits, sourceParsers } from '../src/testing/source-parsers.js';

const given = process.argv.slice(2);
const every = given.includes('--every') ? Number(given[given.indexOf('--every') + 1]) : 1;
const folders = given.filter((word, at) => !word.startsWith('--') && given[at - 1] !== '--every');
if (folders.length === 0) throw new Error('give a folder');
const ctx = systemContext('00000000-0000-4000-8000-000000000001');
const screen: DocumentScreen = (_, text) => Promise.resolve(inspectText(BUILT_IN, text, 'document'));
const parsers = sourceParsers(benchLimits);
for (const folder of folders) await screenFolder(folder);
await parsers.close();

async function screenFolder(folder: string): Promise<void> {
  const kinds: Record<string, number> = {};
  let [read, unread, quarantined, flagged, pieces] = [0, 0, 0, 0, 0];
  const began = process.cpuUsage();
  for (const path of [...files(folder)].filter((_, at) => at % every === 0)) {
    const content = readFileSync(path);
    const name = basename(path);
    const sniffed = sniffFormat(cleanFileName(name) ?? '', content);
    if ('code' in sniffed) continue;
    try {
      const parsed = await parsers.parse(sniffed.format, content, ctx.signal);
      read++;
      for (const { why } of parsed.hidden ?? []) kinds[why] = (kinds[why] ?? 0) + 1;
      pieces += parsed.hidden?.length ?? 0;
      const title = titleOf(name, parsed.title);
      const screening = await screenDocument(ctx, { ...parsed, title, fileName: name }, screen);
      if (screening.categories.length > 0) flagged++;
      if (!screening.quarantine) continue;
      quarantined++;
      process.stdout.write(`${path.slice(folder.length)}\n`);
      for (const finding of screening.findings) process.stdout.write(`    ${describeFinding(finding)}\n`);
    } catch (cause) {
      if (!(cause instanceof UnreadableDocument)) throw cause;
      unread++;
    }
  }
  const { user } = process.cpuUsage(began);
  const record = { files: read, unread, quarantined, withHits: flagged, hiddenPieces: pieces, kinds };
  process.stdout.write(
    `${basename(folder)}\t${JSON.stringify({ ...record, screenSeconds: Math.round(user / 1e5) / 10 })}\n`,
  );
}

function* files(folder: string): Generator<string> {
  for (const name of readdirSync(folder).sort()) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path);
    else yield path;
  }
}
