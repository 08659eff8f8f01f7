/**
 * SQL that reads or changes rows of every tenant: the owner of the tables is bound by row security like everybody, and
 * in a migration no tenant is set.
 */
export const inAllTenants = (tables: readonly string[], work: string): string => `
${tables.map((table) => `alter table ${table} no force row level security;`).join('\n')}
${work}
${tables.map((table) => `alter table ${table} force row level security;`).join('\n')}`;
