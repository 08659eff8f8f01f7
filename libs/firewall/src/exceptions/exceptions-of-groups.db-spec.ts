import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { systemClock } from '@lorekeep/kit/clock';
import { systemContext, type CallContext } from '@lorekeep/kit/context';
import { connectDatabase, type Database } from '@lorekeep/kit/database';
import { cloneDatabase, LOADED_MS, type ClonedDatabase } from '@lorekeep/kit/testing';
import pg from 'pg';
import { FirewallCases } from '../cases/cases.js';
import { FirewallPolicies } from '../firewall-policies.js';
import type { AskedSetup } from '../setup/check-setup.js';
import { FirewallSetups } from '../setup/firewall-setups.js';
import { NO_SETUP } from '../setup/setup.js';
import { entities } from '../store/entities.js';
import { FirewallCaseRepository } from '../store/firewall-case.repository.js';
import { FirewallPolicyRepository } from '../store/firewall-policy.repository.js';

const EXPIRES = new Date(Date.now() + 86_400_000).toISOString();
const EXCEPTION = { id: 'e', target: 'sql', fragment: null, reason: 'x', expiresAt: EXPIRES };

describe('exceptions for groups', () => {
  let clone: ClonedDatabase;
  let owner: pg.Client;
  let db: Database;
  let ctx: CallContext;
  let setups: FirewallSetups;

  beforeEach(async () => {
    clone = await cloneDatabase();
    owner = new pg.Client({ connectionString: clone.ownerUrl });
    await owner.connect();
    ctx = await addTenant('acme');
    const url = clone.appUrl;
    const more = { poolSize: 2, statementTimeout: 10_000, applicationName: 'exceptions-spec' };
    db = await connectDatabase({ url, entities, ...more });
    setups = new FirewallSetups(
      new FirewallPolicyRepository(db),
      new FirewallPolicies(db, { timeoutMs: LOADED_MS, clock: systemClock }),
      new FirewallCases(new FirewallCaseRepository(db)),
    );
  });
  afterEach(async () => {
    await db.close();
    await owner.end();
    await clone.drop();
  });

  async function addTenant(slug: string): Promise<CallContext> {
    const id = randomUUID();
    await owner.query(`select set_config('app.tenant', $1, false)`, [id]);
    await owner.query('insert into tenant (id, slug, name) values ($1, $2, $2)', [id, slug]);
    return systemContext(id);
  }
  async function addGroup(of: CallContext): Promise<string> {
    await owner.query(`select set_config('app.tenant', $1, false)`, [of.tenantId]);
    const insert = `insert into user_group (tenant_id, name) values ($1, 'Course') returning id`;
    return String((await owner.query<{ id: string }>(insert, [of.tenantId])).rows[0]?.id);
  }
  const save = async (part: Partial<AskedSetup>) => {
    const { version } = await setups.show(ctx);
    return setups.save(ctx, { ...NO_SETUP, ...part }, version, false);
  };

  it('are refused where a group is of another tenant, or of none, and nothing is changed', async () => {
    const own = await addGroup(ctx);
    for (const foreign of [await addGroup(await addTenant('other')), randomUUID()]) {
      await expect(
        save({ shadow: true, exceptions: [{ ...EXCEPTION, groupIds: [own, foreign] }] }),
      ).rejects.toMatchObject({
        code: 'FIREWALL_POLICY_INVALID',
        details: [{ path: 'exceptions.0.groupIds', message: 'names a group that does not exist' }],
      });
    }
    expect(await setups.show(ctx)).toEqual({ setup: NO_SETUP, version: 0 });
  });

  it('are kept by the names that callers have, and stay as they are when the group has gone', async () => {
    const group = await addGroup(ctx);
    await save({ exceptions: [{ ...EXCEPTION, groupIds: [group.toUpperCase()] }] });
    const { setup } = await setups.show(ctx);
    expect(setup.exceptions[0]?.groupIds).toEqual([group]);
    await owner.query('delete from user_group where id = $1', [group]);
    await save({ ...setup, shadow: true });
    expect((await setups.show(ctx)).setup).toEqual({ ...setup, shadow: true });
  });
});
