import { newSource, type NewSource } from '@lorekeep/contracts';
import { CliError } from '../cli.errors.js';

export interface AddOptions {
  readonly tenant: string;
  readonly collection: string;
  readonly branch?: string;
  readonly folder?: string;
  readonly region?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly target?: string;
  readonly include?: string[];
  readonly exclude?: string[];
  readonly every?: string;
  readonly json?: boolean;
}

/** Credentials come from the environment: a command line is seen by everybody on the machine. */
const TOKEN = 'SOURCE_TOKEN';
const ACCESS_KEY = 'AWS_ACCESS_KEY_ID';
const SECRET_KEY = 'AWS_SECRET_ACCESS_KEY';
const SESSION_TOKEN = 'AWS_SESSION_TOKEN';
export const CREDENTIALS_HELP = `Credentials are read from the environment: ${TOKEN} (git), ${ACCESS_KEY} and ${SECRET_KEY} (bucket).`;

/** Throws CliError where the options make no source. */
export function readSource(
  name: string,
  kind: string,
  place: string | undefined,
  options: AddOptions,
  context: { collectionId: string; environment: Readonly<Record<string, string | undefined>> },
): NewSource {
  const body = {
    name,
    collectionId: context.collectionId,
    target: options.target ?? '',
    include: options.include ?? [],
    exclude: options.exclude ?? [],
    everyMinutes: options.every === undefined ? null : Number(options.every),
    settings: settingsOf(kind, place, options),
    secret: secretOf(kind, context.environment),
  };
  const parsed = newSource.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CliError(`The source is not complete: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}.`);
}

function settingsOf(kind: string, place: string | undefined, options: AddOptions): object {
  switch (kind) {
    case 'folder':
      return { kind, path: place };
    case 'git':
      return { kind, address: place, branch: options.branch, folder: options.folder };
    case 'bucket': {
      const { bucket, prefix, region } = options;
      return { kind, endpoint: place, bucket, prefix, region };
    }
    default:
      return { kind };
  }
}

function secretOf(kind: string, environment: Readonly<Record<string, string | undefined>>): object | null {
  const token = environment[TOKEN];
  if (kind === 'git' && token) return { token };
  const accessKeyId = environment[ACCESS_KEY];
  const secretAccessKey = environment[SECRET_KEY];
  if (kind !== 'bucket' || !accessKeyId || !secretAccessKey) return null;
  const sessionToken = environment[SESSION_TOKEN];
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}
