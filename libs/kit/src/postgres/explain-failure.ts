import { PostgresLaunchError } from './postgres.errors.js';

/** Turns an error of the file system about `folder` into one sentence; anything else is START_FAILED. */
export function explainSystemError(cause: unknown, folder: string): PostgresLaunchError {
  if (cause instanceof PostgresLaunchError) return cause;
  const { code } = cause as NodeJS.ErrnoException;
  const detail = String(cause);
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder, detail);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST': // a file in the place of a folder
      return unwritable(folder, detail);
    default:
      return new PostgresLaunchError(
        'START_FAILED',
        `The embedded database could not be prepared in ${folder}: ${detail}.`,
        detail,
      );
  }
}

export function diskFull(folder: string, detail: string): PostgresLaunchError {
  return new PostgresLaunchError(
    'DISK_FULL',
    `The disk that holds ${folder} is full: free some space there, or set DATA_DIR to a folder on another disk.`,
    detail,
  );
}

export function unwritable(folder: string, detail: string): PostgresLaunchError {
  return new PostgresLaunchError(
    'FOLDER_UNWRITABLE',
    `The folder ${folder} cannot be made or written by this user: change its owner or permissions, or set DATA_DIR to another folder.`,
    detail,
  );
}

/** `output` is what initdb printed, or what the server wrote to its log since it was started. */
export function explainOutput(output: string, home: string): PostgresLaunchError {
  if (/No space left on device|Disk quota exceeded|could not (extend|write to) file .*space/i.test(output)) {
    return diskFull(home, output);
  }
  const version = /initialized by PostgreSQL version (\S+?),/.exec(output);
  if (version) return wrongVersion(home, version[1] ?? '');
  if (/could not bind IPv4 address|Address already in use/i.test(output)) {
    return new PostgresLaunchError('PORT_TAKEN', 'The port of the embedded database is taken.', output);
  }
  if (/lock file "postmaster.pid" already exists|pre-existing shared memory block/i.test(output))
    return inUse(home, output);
  if (
    /has wrong ownership|could not (open|create|access|stat) .*: Permission denied|Read-only file system/i.test(
      output,
    )
  ) {
    return unwritable(home, output);
  }
  const reason = lastFatal(output);
  return new PostgresLaunchError(
    'START_FAILED',
    `The embedded database did not start${reason ? ` (${reason})` : ''}: see ${home}/server.log.`,
    output,
  );
}

export function wrongVersion(home: string, found: string): PostgresLaunchError {
  return new PostgresLaunchError(
    'WRONG_VERSION',
    `The data in ${home} was written by Postgres ${found}, and this Lorekeep brings Postgres 17: use the Lorekeep version that wrote it, or set DATA_DIR to another folder.`,
  );
}

export function inUse(home: string, detail: string): PostgresLaunchError {
  return new PostgresLaunchError(
    'IN_USE',
    `The database in ${home} is in use by another server that does not let us in: stop that one first, or set DATA_DIR to another folder.`,
    detail,
  );
}

function lastFatal(output: string): string {
  const lines = output.split('\n').filter((line) => /\b(FATAL|PANIC|error):/.test(line));
  return (lines.at(-1) ?? '')
    .replace(/^.*?\b(FATAL|PANIC|error):\s*/, '')
    .trim()
    .slice(0, 200);
}
