import { integer } from '@lorekeep/kit/config';

const MIB = 1024 * 1024;

export const documentPathConfigSchema = {
  DOCUMENT_MAX_BYTES: integer(1, 1024 * MIB)
    .default(50 * MIB)
    .describe('Largest file that is taken, in bytes'),
  DOCUMENT_MAX_UNPACKED_BYTES: integer(1, 4096 * MIB)
    .default(100 * MIB)
    .describe(
      'Largest content of a packed file (Office, ZIP, attachments of mail), in bytes, all levels together',
    ),
  DOCUMENT_MAX_ENTRIES: integer(1, 100_000)
    .default(2_000)
    .describe('Most files in a packed file, all levels together'),
  DOCUMENT_MAX_LEVELS: integer(1, 10)
    .default(3)
    .describe('How deep packed files and attachments are opened: 1 is what lies in the file itself'),
  DOCUMENT_MAX_PAGES: integer(1, 100_000).default(5_000).describe('Most pages of a file that has pages'),
  DOCUMENT_MAX_CHARACTERS: integer(1_000, 100_000_000)
    .default(10_000_000)
    .describe('Most text of one file, in characters'),
  DOCUMENT_PARSE_SECONDS: integer(1, 3_600).default(60).describe('Longest time to read one file, in seconds'),
  DOCUMENT_PARSE_MEMORY_MB: integer(64, 65_536)
    .default(1_024)
    .describe('Most memory of the process that reads files, in MiB'),
  DOCUMENT_VERSIONS_KEPT: integer(0, 1_000)
    .default(10)
    .describe('Replaced versions of a document that are kept for old citations'),
  DOCUMENT_PARSERS: integer(1, 64).default(1).describe('Processes that read files, per worker'),
};

export interface DocumentLimits {
  readonly DOCUMENT_MAX_BYTES: number;
  readonly DOCUMENT_MAX_UNPACKED_BYTES: number;
  readonly DOCUMENT_MAX_ENTRIES: number;
  readonly DOCUMENT_MAX_LEVELS: number;
  readonly DOCUMENT_MAX_PAGES: number;
  readonly DOCUMENT_MAX_CHARACTERS: number;
  readonly DOCUMENT_PARSE_SECONDS: number;
  readonly DOCUMENT_PARSE_MEMORY_MB: number;
  readonly DOCUMENT_PARSERS: number;
}
