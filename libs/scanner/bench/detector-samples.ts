import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { drawText } from './draw-text.js';

/** `spans`: where it is known what must be found; `secret` asks for any secret, `personal` for any personal datum. */
export interface Sample {
  readonly source: string;
  readonly group: string;
  readonly wants: 'secret' | 'personal';
  readonly positive: boolean;
  readonly text: string;
}

type Row = { source: string; category: string; text: string };

export function readRows(file: string): Row[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Row);
}

/** Rows of the firewall's set: secrets, and what looks like one. */
export function fromFirewallRows(rows: readonly Row[]): Sample[] {
  return rows
    .filter(({ category }) => category === 'secret' || category === 'benign_secret_lookalike')
    .map(({ source, category, text }) => ({
      source: category === 'secret' ? `${source}: literals` : `${source}: look-alikes`,
      group: category,
      wants: 'secret',
      positive: category === 'secret',
      text,
    }));
}

/** Rules of secretlint that are about something else than secrets, or about their own machinery. */
const OTHER_RULES = /example|no-homedir|no-dotenv|filter-comments|rule-pattern|preset-/;

/** `packages/@secretlint/<rule>/test/snapshots/{ng,ok}.<name>/input*` of a checkout of secretlint, texts only. */
export function fromSecretlint(checkout: string): Sample[] {
  const packages = join(checkout, 'packages/@secretlint');
  return readdirSync(packages)
    .filter((name) => name.startsWith('secretlint-rule-') && !OTHER_RULES.test(name))
    .flatMap((name) => casesOf(name, join(packages, name, 'test/snapshots')));
}

function casesOf(rule: string, folder: string): Sample[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const input = readdirSync(join(folder, name)).find((file) => /^input(\.|$)/.test(file));
    const output = join(folder, name, 'output.json');
    if (input === undefined || !existsSync(output)) return [];
    const text = readFileSync(join(folder, name, input), 'utf8');
    if (text.includes('\ufffd') || text.trim() === '') return [];
    const { messages } = JSON.parse(readFileSync(output, 'utf8')) as { messages: { type: string }[] };
    const positive = messages.some(({ type }) => type === 'message');
    // Real secrets that the case's own configuration lets pass say nothing about look-alikes.
    if (!positive && existsSync(join(folder, name, '.secretlintrc.json'))) return [];
    const source = positive ? 'secretlint: found' : 'secretlint: allowed';
    return [{ source, group: `${rule}/${name}`, wants: 'secret' as const, positive, text }];
  });
}

const KEYWORD_RULE = String.raw`(?:[ \t\w.-]{0,20})`;
const ROUNDS = 3;

/** Secrets drawn from the expressions of gitleaks' rules; those that go by a name stand behind it in usual notations. */
export function fromGitleaks(checkout: string, random: () => number): Sample[] {
  const config = readFileSync(join(checkout, 'config/gitleaks.toml'), 'utf8');
  return config.split('[[rules]]').flatMap((rule) => {
    const id = /^id = "([^"]+)"/m.exec(rule)?.[1] ?? '';
    const regex = /^regex = '''([\s\S]*?)'''$/m.exec(rule)?.[1];
    if (regex === undefined) return [];
    const named = regex.includes(KEYWORD_RULE);
    const source = named ? 'gitleaks: drawn, by name' : 'gitleaks: drawn, by shape';
    return Array.from({ length: ROUNDS }, () => {
      const secret = drawText(named ? bodyOf(regex) : regex, random);
      const name = nameOf(regex);
      const text = named ? notation(name, secret, random) : secret;
      return { source, group: id, wants: 'secret' as const, positive: true, text };
    });
  });
}

/** The capture that holds the secret, behind the part that holds the name. */
function bodyOf(regex: string): string {
  const from = regex.indexOf('{0,5}(') + '{0,5}'.length;
  const to = regex.lastIndexOf(String.raw`(?:[\x60'"\s;]`);
  return (/^\(\?i\)/.exec(regex)?.[0] ?? '') + regex.slice(from, to);
}

function nameOf(regex: string): string {
  const inner = /\{0,50\}\?\((?:\?:|\?i:\(\?:|\?i:)([^()[\]|]*)/.exec(regex)?.[1] ?? '';
  return inner.replace(/\\./g, '').replace(/[^A-Za-z0-9_-]/g, '') || 'service';
}

const NOTATIONS: readonly ((name: string, secret: string) => string)[] = [
  (name, secret) => `${name}Token="${secret}"`,
  (name, secret) => `${name}_token = ${secret}`,
  (name, secret) => `${name.toUpperCase()}_API_KEY=${secret}`,
  (name, secret) => `{\n  "${name}_secret": "${secret}"\n}`,
  (name, secret) => `${name}_token: '${secret}'`,
  (name, secret) => `let ${name}Secret = '${secret}';`,
  (name, secret) => `  "${name}Token" => "${secret}"`,
  (name, secret) => `${name}_TOKEN ?= "${secret}"`,
  (name, secret) => `System.setProperty("${name.toUpperCase()}_TOKEN", "${secret}")`,
];

function notation(name: string, secret: string, random: () => number): string {
  return NOTATIONS[Math.floor(random() * NOTATIONS.length)]?.(name, secret) ?? secret;
}

/** Cases `name`, `input`, `want` of the detectors' pattern tests of trufflehog. */
export function fromTrufflehog(checkout: string): Sample[] {
  const folder = join(checkout, 'pkg/detectors');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('_test.go') && !file.includes('integration'))
    .flatMap((file) => {
      const group = basename(file, '_test.go');
      return goCases(readFileSync(join(folder, file), 'utf8')).map(({ text, positive }) => ({
        source: positive ? 'trufflehog: found' : 'trufflehog: not of the form',
        group,
        wants: 'secret' as const,
        positive,
        text,
      }));
    });
}

const GO_CASE =
  /input:\s*(fmt\.Sprintf\()?(`[^`]*`|"(?:[^"\\\n]|\\.)*"|[A-Za-z]\w*)((?:,\s*\w+)*)\)?,\s*want:\s*(nil|\[\]string\{([\s\S]*?)\}),/g;
const GO_VALUE = /(?:^|\s)(\w+)\s*:?=\s*(`[^`]*`|"(?:[^"\\\n]|\\.)*")/g;

function goCases(code: string): { text: string; positive: boolean }[] {
  const values = new Map(
    [...code.matchAll(GO_VALUE)].map(([, name = '', value = '']) => [name, goString(value)]),
  );
  return [...code.matchAll(GO_CASE)].flatMap(([, format, first = '', rest = '', want = '', items = '']) => {
    const argumentsOf = rest
      .split(',')
      .slice(1)
      .map((name) => values.get(name.trim()));
    let text = /^[`"]/.test(first) ? goString(first) : values.get(first);
    if (text === undefined || (format && argumentsOf.includes(undefined))) return [];
    if (format) for (const value of argumentsOf) text = text.replace(/%[svq]/, () => value ?? '');
    return [{ text, positive: want !== 'nil' && items.trim() !== '' }];
  });
}

function goString(literal: string): string {
  if (literal.startsWith('`')) return literal.slice(1, -1);
  return literal.slice(1, -1).replace(/\\(.)/g, (_, unit: string) => ({ n: '\n', t: '\t' })[unit] ?? unit);
}

/** Tests of presidio for what the detectors claim. */
const CLAIMED = ['credit_card', 'email', 'iban', 'ip', 'us_passport'];
const PYTHON_CASE = /^\s*\(\s*"((?:[^"\\\n]|\\.)*)",\s*([0-9]+),/gm;

export function fromPresidio(checkout: string): Sample[] {
  return CLAIMED.flatMap((name) => {
    const code = readFileSync(join(checkout, `presidio-analyzer/tests/test_${name}_recognizer.py`), 'utf8');
    return [...code.matchAll(PYTHON_CASE)].map(([, text = '', count]) => ({
      source: count === '0' ? 'presidio: none' : 'presidio: found',
      group: name,
      wants: 'personal' as const,
      positive: count !== '0',
      text,
    }));
  });
}
