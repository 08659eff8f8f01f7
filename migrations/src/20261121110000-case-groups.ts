import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose exceptions hold for a text with which the firewall's policy is tried. */
export class CaseGroups20261121110000 implements MigrationInterface {
  readonly name = 'CaseGroups20261121110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table firewall_case add column group_ids uuid[] not null default '{}',
        add constraint firewall_case_group_ids_check check (cardinality(group_ids) <= 1000);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table firewall_case drop column group_ids');
  }
}
