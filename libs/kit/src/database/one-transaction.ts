import pg, { type PoolClient, type QueryConfig, type QueryResultRow } from 'pg';

/** A setting that ends with its transaction: its name and its value. */
export type Setting = readonly [name: string, value: string];

/** What of the driver's connection is spoken to directly. */
interface Wire {
  parse(statement: { name: string; text: string }): void;
  bind(bound: { statement: string; values: readonly string[] }): void;
  execute(portal: object): void;
}

/** The part of the driver's own class that its types leave out. */
const driver = pg.Query.prototype as unknown as {
  prepare(this: pg.Query, wire: Wire): void;
  handleRowDescription(this: pg.Query, message: unknown): void;
  handleDataRow(this: pg.Query, message: unknown): void;
  handleCommandComplete(this: pg.Query, message: unknown, wire: Wire): void;
};

/** Of the name of a setting, in that of a plan, which may have 63 characters: tells them apart. */
const NAME_KEPT = 7;

/** Settings that a connection has a plan for, by the name of the plan. */
const planned = new WeakMap<Wire, Set<string>>();

/**
 * Settings and one statement in one message to the server and one answer: what stands before a Sync is one transaction
 * without a word about it (PostgreSQL, Extended Query, "implicit transaction block"). It is committed, durably where
 * that is wanted, before the server says that it is ready, which is when this succeeds; whatever fails undoes it all.
 */
class OneTransaction extends pg.Query {
  private readonly plan: string;
  private isSet = false;
  private isDescribed = false;

  constructor(
    private readonly settings: readonly Setting[],
    private readonly statement: QueryConfig,
  ) {
    super({ ...statement, queryMode: 'extended' } as QueryConfig);
    this.plan = `set ${settings.map(([name]) => name.slice(-NAME_KEPT)).join(' ')}`;
  }

  /** After a failure: false where it is not known which plans the connection has. */
  get isKnown(): boolean {
    return this.isSet && (this.isDescribed || this.statement.name === undefined);
  }

  prepare(wire: Wire): void {
    if (!planned.get(wire)?.has(this.plan)) {
      const calls = this.settings.map(([name], at) => `set_config('${name}', $${at + 1}, true)`);
      wire.parse({ name: this.plan, text: `select ${calls.join(', ')}` });
    }
    wire.bind({ statement: this.plan, values: this.settings.map(([, value]) => value) });
    wire.execute({});
    driver.prepare.call(this, wire);
  }

  handleRowDescription(message: unknown): void {
    this.isDescribed = true;
    driver.handleRowDescription.call(this, message);
  }

  handleDataRow(message: unknown): void {
    if (this.isSet) driver.handleDataRow.call(this, message);
  }

  handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.isSet) {
      this.isDescribed = true;
      return driver.handleCommandComplete.call(this, message, wire);
    }
    this.isSet = true;
    const plans = planned.get(wire) ?? new Set();
    planned.set(wire, plans.add(this.plan));
  }
}

/** A connection that failed in such a way that it must not be used again. */
export class UnknownPlans extends Error {}

/**
 * Runs one statement under settings of its own, in a transaction of its own. The names of settings are the caller's.
 * @throws UnknownPlans, with the failure as its cause, where the connection is of no further use
 */
export function runAlone<Row extends QueryResultRow>(
  client: PoolClient,
  settings: readonly Setting[],
  statement: QueryConfig,
): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const query = new OneTransaction(settings, statement);
    const done = (error: Error | null, result: { rows: Row[] }): void => {
      if (!error) resolve(result.rows);
      else reject(query.isKnown ? error : new UnknownPlans(error.message, { cause: error }));
    };
    Object.assign(query, { callback: done });
    client.query(query);
  });
}
