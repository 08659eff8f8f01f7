import type { NewSource, SourceRow, SourceSecret, SourceSettings } from '@lorekeep/contracts';

export type Kind = SourceSettings['kind'];
export const KINDS = ['folder', 'git', 'archive', 'bucket'] as const satisfies readonly Kind[];
const MEGABYTE = 1024 * 1024;

/** The form as it is typed: text, so that nothing is lost on the way. */
export interface FormValues {
  kind: Kind;
  name: string;
  collectionId: string;
  target: string;
  path: string;
  address: string;
  branch: string;
  folder: string;
  token: string;
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  pathStyle: boolean;
  accessKeyId: string;
  secretAccessKey: string;
  everyMinutes: string;
  include: string;
  exclude: string;
  maxFile: string;
  share: string;
}

const EMPTY: FormValues = {
  kind: 'folder',
  name: '',
  collectionId: '',
  target: '',
  path: '',
  address: '',
  branch: '',
  folder: '',
  token: '',
  endpoint: '',
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  pathStyle: true,
  accessKeyId: '',
  secretAccessKey: '',
  everyMinutes: '',
  include: '',
  exclude: '',
  maxFile: '50',
  share: '30',
};

export function valuesOf(row: SourceRow | undefined): FormValues {
  if (!row) return EMPTY;
  const { kind, ...settings } = row.settings;
  return {
    ...EMPTY,
    ...settings,
    kind,
    name: row.name,
    collectionId: row.collectionId,
    target: row.target,
    everyMinutes: row.everyMinutes === null ? '' : String(row.everyMinutes),
    include: row.include.join('\n'),
    exclude: row.exclude.join('\n'),
    maxFile: String(Math.round((row.maxFileBytes / MEGABYTE) * 10) / 10),
    share: String(row.deletionShare),
  };
}

export function settingsOf(values: FormValues): SourceSettings {
  const { kind, path, address, branch, folder, endpoint, region, bucket, prefix, pathStyle } = values;
  switch (kind) {
    case 'folder':
      return { kind, path: path.trim() };
    case 'git':
      return { kind, address: address.trim(), branch: branch.trim(), folder: folder.trim() };
    case 'archive':
      return { kind };
    case 'bucket':
      return {
        kind,
        endpoint: endpoint.trim(),
        region: region.trim(),
        bucket: bucket.trim(),
        prefix: prefix.trim(),
        pathStyle,
      };
  }
}

/** Null: none was typed. */
export function secretOf({ kind, token, accessKeyId, secretAccessKey }: FormValues): SourceSecret | null {
  if (kind === 'git' && token.trim() !== '') return { token: token.trim() };
  if (kind === 'bucket' && accessKeyId.trim() !== '' && secretAccessKey.trim() !== '')
    return { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() };
  return null;
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** What creating and changing have in common. */
export function rulesOf(values: FormValues): Omit<NewSource, 'collectionId' | 'target' | 'secret'> {
  return {
    name: values.name.trim(),
    settings: settingsOf(values),
    include: lines(values.include),
    exclude: lines(values.exclude),
    maxFileBytes: Math.round(Number(values.maxFile.replace(',', '.')) * MEGABYTE),
    deletionShare: Math.round(Number(values.share)),
    everyMinutes: values.everyMinutes === '' ? null : Number(values.everyMinutes),
  };
}

const REQUIRED: Record<Kind, readonly (keyof FormValues)[]> = {
  folder: ['path'],
  git: ['address'],
  archive: [],
  bucket: ['endpoint', 'region', 'bucket'],
};
export const isComplete = (values: FormValues): boolean =>
  [...REQUIRED[values.kind], 'name' as const, 'collectionId' as const].every(
    (name) => String(values[name]).trim() !== '',
  ) &&
  Number(values.maxFile.replace(',', '.')) > 0 &&
  Number(values.share) >= 0;
