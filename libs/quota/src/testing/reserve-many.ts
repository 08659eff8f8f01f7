// A process of its own for specs: reserves many times at once and prints how many were admitted.
// Arguments: url, tenant, user, attempts, tokens.
import { systemContext } from '@lorekeep/kit/context';
import { connectDatabase } from '@lorekeep/kit/database';
import { isRefusal } from '@lorekeep/kit/errors';
import { Quota } from '../quota.js';
import { entities } from '../store/entities.js';

const [url = '', tenantId = '', userId = '', attempts = '0', tokens = '0'] = process.argv.slice(2);
const db = await connectDatabase({
  url,
  entities,
  poolSize: 20,
  statementTimeout: 20_000,
  applicationName: 'quota-spec-child',
});
const quota = new Quota(db, { timeoutMs: 20_000 });
const base = systemContext(tenantId);
const ctx = { ...base, caller: { ...base.caller, userId } };

process.stdout.write('ready\n');
await new Promise((start) => process.stdin.once('data', start));
const answers = await Promise.all(
  Array.from({ length: Number(attempts) }, () =>
    quota.reserve(ctx, { tokens: Number(tokens), maxSeconds: 600 }),
  ),
);
process.stdout.write(`${answers.filter((answer) => !isRefusal(answer)).length}\n`);
await db.close();
process.stdin.destroy();
