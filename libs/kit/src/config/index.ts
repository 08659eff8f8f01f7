import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A domain's settings: flat UPPER_CASE environment names, each with `.describe(…)`; secrets have no default. */
export type ConfigShape = Record<string, z.ZodType>;
export type ConfigOf<Shape extends ConfigShape> = z.infer<z.ZodObject<Shape>>;

/** All mistakes of a configuration at once, by name and without values. */
export class ConfigError extends Error {
  constructor(readonly problems: { name: string; message: string }[]) {
    super(
      `configuration is not valid:\n${problems.map(({ name, message }) => `  ${name}: ${message}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/**
 * Reads and validates a configuration once, at start. An empty value counts as not set; then `<NAME>_FILE` may name a
 * file that holds it, as secrets are mounted in containers.
 */
export function loadConfig<Shape extends ConfigShape>(
  shape: Shape,
  environment: Record<string, string | undefined> = process.env,
): ConfigOf<Shape> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(shape)) {
    const value = environment[name] || readSecret(name, environment[`${name}_FILE`]);
    if (value) given[name] = value;
  }
  const result = z.object(shape).safeParse(given, { reportInput: false });
  if (result.success) return result.data as ConfigOf<Shape>;
  throw new ConfigError(
    result.error.issues.map((issue) => ({
      name: issue.path.join('.'),
      message:
        issue.code === 'invalid_type' && given[String(issue.path[0])] === undefined
          ? 'is required'
          : issue.message,
    })),
  );
}

/** A trailing line break belongs to the file. @throws ConfigError */
function readSecret(name: string, file: string | undefined): string | undefined {
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch {
    throw new ConfigError([{ name: `${name}_FILE`, message: 'cannot be read' }]);
  }
}

/** A whole number from text, within limits. */
export const integer = (minimum: number, maximum: number) =>
  z.coerce.number().int().min(minimum).max(maximum);

/** `true|false|1|0|yes|no`. */
export const flag = () => z.stringbool();

/** A comma list; blanks around entries are dropped. */
export const list = () =>
  z.string().transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  );

/** The text of `.env.example`: every setting with its description and default, secrets empty. */
export function describeConfig(shape: ConfigShape): string {
  const lines: string[] = [];
  for (const [name, schema] of Object.entries(shape)) {
    const fallback = schema.safeParse(undefined);
    const data = fallback.success ? fallback.data : undefined;
    // A table is empty unless somebody fills it.
    const value = data === undefined || data instanceof Map ? '' : String(data);
    lines.push(
      `# ${schema.description ?? ''}${fallback.success ? '' : ' (required)'}`,
      `${name}=${value}`,
      '',
    );
  }
  return lines.join('\n');
}

/** Of our own environment, what a program that we start may see. */
export function passedEnvironment(
  names: RegExp,
  environment: Record<string, string | undefined> = process.env,
): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment))
    if (value !== undefined && names.test(name)) passed[name] = value;
  return passed;
}
