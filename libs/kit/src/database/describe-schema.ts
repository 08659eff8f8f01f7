import pg from 'pg';
import * as catalogue from './schema-catalogue.js';

export interface DescribeOptions {
  /** postgres://… of a role that may read the catalogue: the owner. */
  url: string;
  /** Written as `app` in the description, whatever it is called here. */
  appRole: string;
}

interface TablePart {
  table: string;
  line: string;
}

const HEADER = `-- The schema as the migrations leave it, read from the catalogue: for reading and comparing, not for running.
-- owner: the role that runs the migrations; app: the role that the application connects as.
`;

/**
 * The schema `public` as text: tables with columns, defaults, constraints, indexes, row security, policies, triggers and
 * grants, then sequences, views, types and functions. Sorted by name (columns in their order), so that equal schemas
 * give equal texts.
 */
export async function describeSchema(options: DescribeOptions): Promise<string> {
  const client = new pg.Client({ connectionString: options.url });
  await client.connect();
  try {
    // Names are printed without their schema when it comes first in the search path.
    await client.query(`begin read only; set local search_path = public, pg_catalog`);
    const owner = await ownerOf(client);
    const role = (name: string) =>
      name === owner ? 'owner' : name === options.appRole ? 'app' : name === '' ? 'public' : name;
    const sections = [HEADER, await tables(client, role), await others(client, role)];
    return `${sections.filter((section) => section !== '').join('\n')}\n`;
  } finally {
    await client.end();
  }
}

async function ownerOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ owner: string }>(catalogue.OWNER);
  return rows[0]?.owner ?? '';
}

async function tables(client: pg.Client, role: (name: string) => string): Promise<string> {
  const { rows } = await client.query<{ name: string; secured: boolean; forced: boolean }>(catalogue.TABLES);
  const columns = await parts(client, catalogue.COLUMNS);
  const constraints = await parts(client, catalogue.CONSTRAINTS);
  const indexes = await parts(client, catalogue.INDEXES);
  const policies = await parts(client, catalogue.POLICIES, role);
  const triggers = await parts(client, catalogue.TRIGGERS);
  const grants = await parts(client, catalogue.TABLE_GRANTS, role);
  return rows
    .map(({ name, secured, forced }) => {
      const inner = [...of(columns, name), ...of(constraints, name)].map((line) => `  ${line}`).join(',\n');
      const security = `row security of ${name}: ${secured ? 'enabled' : 'disabled'}${forced ? ', forced' : ''};`;
      const after = [indexes, policies, triggers, grants].flatMap((list) => of(list, name));
      return `${[`table ${name} (\n${inner}\n);`, security, ...after].join('\n')}\n`;
    })
    .join('\n');
}

async function others(client: pg.Client, role: (name: string) => string): Promise<string> {
  const lines: string[] = [];
  for (const statement of [catalogue.SEQUENCES, catalogue.VIEWS, catalogue.TYPES, catalogue.SCHEMA_GRANTS]) {
    for (const { line } of await parts(client, statement, role)) lines.push(line);
  }
  for (const { line } of await parts(client, catalogue.FUNCTIONS, role)) lines.push('', dedentBody(line));
  return lines.join('\n');
}

/** A function's text is kept as it was sent: how deep it stood in its migration is no part of the schema. */
function dedentBody(definition: string): string {
  const [head = '', body] = definition.split(/(?<=\nAS \$\w*\$)\n/u, 2);
  if (body === undefined) return definition;
  const lines = body.split('\n');
  const inner = lines.filter((line) => /^\s+\S/u.test(line));
  const depth = Math.min(...inner.map((line) => line.search(/\S/u)));
  const dedented = lines.map((line) => (/^\s/u.test(line) ? `  ${line.slice(depth)}`.trimEnd() : line));
  return [head, ...dedented].join('\n');
}

const of = (list: readonly TablePart[], table: string) =>
  list.filter((part) => part.table === table).map(({ line }) => line);

/** Role names stand between control characters in the rows (`\u0001name\u0002`), so that nothing else is replaced. */
async function parts(
  client: pg.Client,
  statement: string,
  role: (name: string) => string = (name) => name,
): Promise<TablePart[]> {
  const { rows } = await client.query<TablePart>(statement);
  return rows.map(({ table, line }) => ({
    table,
    // eslint-disable-next-line no-control-regex -- the marks that the statements put around role names
    line: line.replace(/\u0001([^\u0002]*)\u0002/gu, (_, name: string) => role(name)),
  }));
}
