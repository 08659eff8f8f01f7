import { z } from 'zod';
import { flag, integer, list, type ConfigOf } from '@lorekeep/kit/config';
import { readGrant } from './reach/granted-folders.js';

const MIB = 1024 * 1024;

/** Settings of the domain; apps merge them into their configuration. */
export const sourceConfigSchema = {
  SOURCE_FOLDERS: list()
    .refine(
      (entries) => entries.every((entry) => readGrant(entry) !== null),
      'must be absolute paths, or organisation=/absolute/path',
    )
    .prefault('')
    .describe(
      'Folders of the server below which sources may lie, comma-separated: organisation=/folder (its short name); without a name only while there is one organisation; empty: none',
    ),
  SOURCE_PRIVATE_ADDRESSES: flag()
    .default(false)
    .describe('Whether sources may lie in private networks; link-local addresses are never reached'),
  SOURCE_PLAIN_HTTP: flag().default(false).describe('Whether sources may be reached without TLS'),
  SOURCE_KEY: z
    .string()
    .regex(/^([A-Za-z0-9+/_-]{43}=?)?$/, 'must be 32 bytes in base64')
    .default('')
    .describe(
      'Key that encrypts the credentials of sources, 32 bytes in base64; empty: one is kept in DATA_DIR/sources',
    ),
  SOURCE_SYNCS: integer(1, 16).default(1).describe('Sources that one worker synchronises at once'),
  SOURCE_MAX_FILES: integer(1, 1_000_000).default(100_000).describe('Most files of one source'),
  SOURCE_MAX_BYTES: integer(1, 1024 * 1024 * MIB)
    .default(2 * 1024 * MIB)
    .describe('Most bytes of a Git repository or an archive that are fetched and kept, per source'),
  SOURCE_TIMEOUT_SECONDS: integer(1, 3_600)
    .default(30)
    .describe('Longest silence of the server of a source, in seconds'),
};

export type SourceConfig = ConfigOf<typeof sourceConfigSchema>;
