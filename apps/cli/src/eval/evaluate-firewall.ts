import { inspectText, PRESET_POLICIES, PRESETS, type Inspection, type Preset } from '@lorekeep/firewall';
import { z } from 'zod';
import { CliError } from '../cli.errors.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { evaluateLines, type Streams } from './evaluate-lines.js';
import { textLine } from './read-stream-records.js';

export interface FirewallOptions {
  readonly preset: string;
}

const ROLES = ['user', 'document'] as const;
/** In its own words: who writes the lines knows of no schema. */
const roleError = ({ input }: { input?: unknown }): string =>
  input === undefined
    ? 'is missing: "user" for a question, "document" for a text of a document'
    : `must be "user" for a question or "document" for a text of a document, not ${JSON.stringify(input)}`;
const inspectedLine = textLine.extend({ role: z.enum(ROLES, { error: roleError }) });
type InspectedLine = z.infer<typeof inspectedLine>;

/** Decides about each text of stdin as the gateway does about questions, and the worker about documents. */
export async function evaluateFirewall(
  context: CommandContext,
  options: FirewallOptions,
  streams?: Streams,
): Promise<ExitCode> {
  const policy = PRESET_POLICIES[readPreset(options.preset)];
  // Tables and patterns are built with the first text; it does not count.
  inspectText(policy, 'ready', 'user');
  let found = 0;
  context.progress.step('Reading {id, text, role} lines from standard input');
  return evaluateLines(context, {
    schema: inspectedLine,
    evaluate: (line) => {
      const began = performance.now();
      const inspection = inspectText(policy, line.text, line.role);
      const micros = Math.round((performance.now() - began) * 1_000);
      if (inspection.action !== 'allow') found++;
      return { ...decisionOf(line, inspection), micros };
    },
    summary: (texts) => `Texts inspected: ${texts}, not simply allowed: ${found}`,
    streams,
  });
}

function decisionOf({ id, role }: InspectedLine, { action, score, categories, hits }: Inspection) {
  return {
    id,
    // A refused document is not lost: it waits until somebody has looked.
    action: role === 'document' && action === 'refuse' ? 'quarantine' : action,
    score,
    categories: [...categories].filter(([, done]) => done !== 'allow').map(([category]) => category),
    rules: [...new Set(hits.map(({ rule }) => rule))],
  };
}

function readPreset(name: string): Preset {
  const preset = PRESETS.find((known) => known === name);
  if (!preset) throw new CliError(`--preset must be ${PRESETS.join(' or ')}, not ${name}`, EXIT.USAGE);
  return preset;
}
