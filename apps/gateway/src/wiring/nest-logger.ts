import type { LoggerService } from '@nestjs/common';
import type { Logger } from '@lorekeep/kit/telemetry';

/** Nest's own messages as JSON lines; its start-up chatter only at debug. */
export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown) => log.debug(String(message)),
    debug: (message: unknown) => log.debug(String(message)),
    verbose: (message: unknown) => log.trace(String(message)),
    warn: (message: unknown) => log.warn(String(message)),
    error: (message: unknown, ...rest: unknown[]) => log.error({ detail: rest.map(String) }, String(message)),
    fatal: (message: unknown) => log.fatal(String(message)),
  };
}
