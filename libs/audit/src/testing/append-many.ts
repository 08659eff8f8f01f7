// A process of its own for specs: appends many records at once, one line per record that was acknowledged.
// Arguments: url, tenant, count (0: until killed).
import { systemContext } from '@lorekeep/kit/context';
import { Audit } from '../audit.js';
import { connect } from './world.js';

const [url = '', tenantId = '', count = '0'] = process.argv.slice(2);
const db = await connect(url);
const audit = new Audit(db);
const ctx = systemContext(tenantId);
const append = async () => {
  const { sequence } = await audit.append(ctx, { kind: 'spec.child', detail: { pid: process.pid } });
  process.stdout.write(`${sequence}\n`);
};

process.stdout.write('ready\n');
await new Promise((start) => process.stdin.once('data', start));
if (count === '0') {
  const lane = async () => {
    for (;;) await append();
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}
await Promise.all(Array.from({ length: Number(count) }, append));
await audit.close();
await db.close();
process.stdin.destroy();
