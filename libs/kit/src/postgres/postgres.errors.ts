/** Why the embedded database could not be started or stopped. Closed: a new cause is a new code. */
export const POSTGRES_LAUNCH_CODES = [
  'UNSUPPORTED_PLATFORM',
  'BINARIES_MISSING',
  'ROOT_UNSUPPORTED',
  'FOLDER_UNWRITABLE',
  'FOLDER_LOST',
  'DISK_FULL',
  'WRONG_VERSION',
  'FOLDER_DAMAGED',
  'IN_USE',
  'PORT_TAKEN',
  'START_FAILED',
  'START_TIMEOUT',
  'STOP_TIMEOUT',
] as const;

export type PostgresLaunchCode = (typeof POSTGRES_LAUNCH_CODES)[number];

/** `message` is one sentence for a person: what is wrong and what to do. `detail` is for the log. */
export class PostgresLaunchError extends Error {
  override readonly name = 'PostgresLaunchError';

  constructor(
    readonly code: PostgresLaunchCode,
    message: string,
    readonly detail: string = '',
  ) {
    super(message);
  }
}
