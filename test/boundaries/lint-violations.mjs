// Lints every deliberate violation with the repository's own configuration; prints [{ file, expected, rules }] as JSON.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, 'violations');
const root = join(here, '..', '..');

// Where they pretend to lie there is no file, and so no types: the rules that need types stay out.
const eslint = new ESLint({ cwd: root, ignore: false, overrideConfig: tseslint.configs.disableTypeChecked });

const found = [];
for (const file of (await readdir(folder, { recursive: true }))
  .filter((name) => name.endsWith('.ts'))
  .sort()) {
  const text = await readFile(join(folder, file), 'utf8');
  const as = /^\/\/ as (\S+)$/m.exec(text)?.[1];
  const [result] = await eslint.lintText(text, { filePath: as ? join(root, as) : join(folder, file) });
  found.push({
    file,
    expected: /^\/\/ rejected by (\S+)$/m.exec(text)?.[1] ?? null,
    rules: result.messages
      .filter(({ severity }) => severity === 2)
      .map(({ ruleId, message }) => ruleId ?? message),
  });
}
console.log(JSON.stringify(found));
