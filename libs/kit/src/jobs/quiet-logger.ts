import { Logger } from 'graphile-worker';

/** The queue's own messages may quote payloads; what matters is logged by whoever runs the jobs. */
export const quietLogger = new Logger(() => () => undefined);
