import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which sentences of an answer or a draft its sources do not support; kept in its row, so gone with it. */
export class KeptMarks20261121130000 implements MigrationInterface {
  readonly name = 'KeptMarks20261121130000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table message add column marks jsonb not null default '[]',
        add constraint message_marks_check check (jsonb_typeof(marks) = 'array' and jsonb_array_length(marks) <= 1000);
      alter table draft add column marks jsonb not null default '[]',
        add constraint draft_marks_check check (jsonb_typeof(marks) = 'array' and jsonb_array_length(marks) <= 1000);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table draft drop column marks;
      alter table message drop column marks;
    `);
  }
}
