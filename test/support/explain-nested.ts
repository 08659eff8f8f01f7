import pg from 'pg';

export interface Explained {
  /** Superuser's URL of the database. */
  adminUrl: string;
  /** Whose session it is: row security takes part in the plans. */
  appUrl: string;
  tenantId: string;
}

/**
 * The plans of every statement that `sql` runs inside functions, as they were executed, by auto_explain.
 * Times and random ids are left out, so that the text changes only when the plans do.
 */
export async function explainNested(
  database: Explained,
  sql: string,
  values: unknown[] = [],
): Promise<string> {
  const admin = new pg.Client({ connectionString: database.adminUrl });
  const app = new pg.Client({ connectionString: database.appUrl });
  const plans: string[] = [];
  await admin.connect();
  try {
    await admin.query(`alter role lorekeep_app set session_preload_libraries = 'auto_explain'`);
    for (const [name, value] of Object.entries({
      log_min_duration: '0',
      log_nested_statements: 'on',
      log_level: 'notice',
      log_analyze: 'on',
      log_timing: 'off',
      log_parameter_max_length: '0',
    })) {
      await admin.query(`alter role lorekeep_app set auto_explain.${name} = '${value}'`);
    }
    await app.connect();
    await app.query(`select set_config('app.tenant', $1, false)`, [database.tenantId]);
    app.on('notice', (notice) => plans.push(notice.message ?? ''));
    await app.query(sql, values);
  } finally {
    await app.end();
    await admin.query('alter role lorekeep_app reset all');
    await admin.end();
  }
  return plans.map(withoutNoise).join('\n\n');
}

function withoutNoise(plan: string): string {
  return plan
    .replace(/^duration: .*? plan:\n/, '')
    .replace(/  ?\(cost=[^)]*\)/g, '')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/\{<uuid>(,<uuid>)+\}/g, '{<uuid>,…}')
    .replace(/'\d{4}-\d\d-\d\d [^']*'/g, "'<time>'");
}
