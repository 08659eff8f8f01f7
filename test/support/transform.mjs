// TypeScript for Jest. In a context of node:vm each look-up of a global asks an interceptor, which makes loops of our
// own several times slower than they are: each module keeps the built-ins of the language as constants of its own.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import swc from '@swc/jest';

/** What fake timers replace is looked up each time. */
const REPLACED = ['Date', 'Intl', 'console', 'eval', 'globalThis', 'undefined'];
const NAMES = runInNewContext('Object.getOwnPropertyNames(globalThis)').filter(
  (name) => !REPLACED.includes(name),
);
const USED = new RegExp(`(?<![.\\w$])(?:${NAMES.join('|')})(?![\\w$])`, 'g');
const DECLARED = /\b(?:class|function|const|let|var)\s+(\w+)|\bimport\s[^;]*?\bfrom\b/g;
const VERSION = readFileSync(new URL(import.meta.url));

export default {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    return {
      ...inner,
      process: (...args) => withConstants(inner.process(...args)),
      processAsync: async (...args) => withConstants(await inner.processAsync(...args)),
      getCacheKey: (...args) =>
        createHash('sha256')
          .update(VERSION)
          .update(inner.getCacheKey(...args))
          .digest('hex'),
    };
  },
};

function withConstants({ code, ...rest }) {
  const used = new Set(code.match(USED));
  for (const [declaration] of code.matchAll(DECLARED))
    for (const name of declaration.match(/\w+/g)) used.delete(name);
  // On the first line, so that no other line moves.
  const head = used.size > 0 ? `const { ${[...used].join(', ')} } = globalThis;` : '';
  return { ...rest, code: head + code };
}
