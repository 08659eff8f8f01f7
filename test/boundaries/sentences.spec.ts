import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { sayer } from '../../apps/web/src/locales/say.js';
import { sentences } from '../../apps/web/src/locales/zh/sentences.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-z', 'apps/gateway/src', 'libs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path.endsWith('.ts') && !/spec\.ts$|\/testing\/|\/bench\//.test(path));
const read = (path: string): string => {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    // Deleted, and not committed yet.
    return '';
  }
};
const source = files.map(read).join('\n');

/** Of requests that the page never makes, or says in words of its own; with texts that are put together. */
const NOT_SAID = new Set([
  'AUTH_FOREIGN_ORIGIN',
  'AUTH_NO_SESSION',
  'AUTH_ROUTE_WITHOUT_PERMISSION',
  'ENGINE_HOSTS_OFF',
  'ENGINE_HOST_ADDRESS',
  'ENGINE_HOST_REFUSED',
  'ERR_HTTP_REQUEST_TIMEOUT',
  'HPE_HEADER_OVERFLOW',
  'INVALID_REQUEST',
  'SOURCE_STATE',
  'UNSUPPORTED_MEDIA_TYPE',
]);

/** Codes of requests that are refused, of documents and of sources, with a sentence of their own. */
function codes(): string[] {
  const thrown = [...source.matchAll(/new RequestError\(\s*\d+,\s*'([A-Z_]+)'/g)].map(([, code]) => code);
  const listed = [...source.matchAll(/^ {2}([A-Z_]+): \[4\d\d, '/gm)].map(([, code]) => code);
  const reasons = [...source.matchAll(/^ {2}((?:DOCUMENT|SOURCE|FILE)_[A-Z_]+):\s+'/gm)].map(
    ([, code]) => code,
  );
  const inference = /^INFERENCE_/;
  return [...new Set([...thrown, ...listed, ...reasons])].filter(
    (code) => code !== undefined && !NOT_SAID.has(code) && !inference.test(code),
  ) as string[];
}

/** Models in a folder share their sentences: what each is called, and what it finds, stand where it is made. */
function models(): string[] {
  const shared = files
    .filter((path) => path.startsWith('libs/kit/src/local-model/'))
    .map(read)
    .join('\n');
  const made = [...source.matchAll(/ name: '(the [^']+)',\s+meaning: '([^']+)'/g)];
  return made.map(([, name = '', meaning = '']) =>
    shared.replaceAll(/\$\{(?:\w+\.)*(?:called|name)\}/g, name).replaceAll(/\$\{meaning\}/g, meaning),
  );
}

/** Whole sentences of an engine host about the end of a model, with something in their gaps. */
function endings(): string[] {
  const files = ['libs/engine/src/log/describe-event.ts', 'libs/engine/src/supervise/describe-ending.ts'];
  const written = files.map(read).join('\n');
  return [...written.matchAll(/(?:return|[?:]) (?:`([^`]+)`|'([^'\n]+)')/g)]
    .map(([, template, plain = '']) => template ?? plain)
    .filter((text) => text.endsWith('.'))
    .map((text) => text.replace(/\$\{[^}]*\}/g, '1'));
}

describe('sentences of the gateway on the page', () => {
  it('are known for every code that people meet', () => {
    expect(codes().length).toBeGreaterThan(80);
    expect(codes().filter((code) => !Object.hasOwn(sentences.byCode, code))).toEqual([]);
  });

  it('are known for every end of a model', () => {
    const say = sayer(sentences);
    expect(endings().length).toBeGreaterThan(25);
    expect(endings().filter((text) => !/\p{Script=Han}/u.test(say(text)))).toEqual([]);
  });

  it('are those that the gateway sends', () => {
    const written = [source, ...models()].join('\n').replaceAll("\\'", "'");
    const pairs = [...Object.values(sentences.byCode), ...sentences.others];
    const gone = pairs
      .map(([theirs]) => theirs)
      .filter((theirs) => !theirs.split(/\{\{\w+\}\}/).every((part) => written.includes(part)));
    expect(gone).toEqual([]);
  });
});
