import { pino, stdSerializers, type Logger } from 'pino';

export type { Logger };

/**
 * JSON lines on stderr. Never log questions, answers, passages, tokens or passwords: an error's message and cause
 * are written by our own code and by libraries, so faults carry safe text and causes carry no user text.
 */
export function createLogger(name: string, level = 'info'): Logger {
  return pino(
    {
      name,
      level,
      base: { name },
      serializers: { err: stdSerializers.errWithCause },
      redact: ['password', 'token', 'key', 'authorization', '*.password', '*.token', '*.authorization'],
    },
    process.stderr,
  );
}
