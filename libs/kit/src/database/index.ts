export { Database, DatabaseTimeout, type Tx, type TransactionOptions } from './database.js';
export type { BinaryRow } from './copy-rows.js';
export { connectDatabase, connectPool, type ConnectOptions, type Entities } from './connect.js';
export { migrate, revertLast, type MigrateOptions } from './migrate.js';
export { describeSchema, type DescribeOptions } from './describe-schema.js';
