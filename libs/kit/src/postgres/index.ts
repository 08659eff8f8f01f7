export { launchPostgres, type PostgresOptions, type RunningPostgres } from './launch-postgres.js';
export { POSTGRES_LAUNCH_CODES, PostgresLaunchError, type PostgresLaunchCode } from './postgres.errors.js';
export { isAlive, readPostmaster, type Postmaster } from './read-postmaster.js';
export { stopServer } from './share-server.js';
