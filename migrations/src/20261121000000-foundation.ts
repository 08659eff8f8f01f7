import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FUNCTIONS } from './foundation/functions.js';
import { IDENTITY } from './foundation/identity.js';
import { DOCUMENTS } from './foundation/documents.js';
import { QUESTIONS } from './foundation/questions.js';
import { AUDIT } from './foundation/audit.js';
import { ROW_SECURITY } from './foundation/row-security.js';

/** The first schema: tenants and people, documents and their index, quotas, conversations, words, the audit chain. */
export class Foundation20261121000000 implements MigrationInterface {
  readonly name = 'Foundation20261121000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [IDENTITY, DOCUMENTS, QUESTIONS, AUDIT, FUNCTIONS, ROW_SECURITY])
      await runner.query(part);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table if exists draft, message, conversation, firewall_policy, forbidden_word, word_version,
        quota_reservation, quota_usage, quota_policy, posting, passage, document_access, reader,
        document_content, document, collection, corpus_statistic, api_key, sign_in_throttle, session,
        group_member, user_group, app_user, audit_record, audit_head, tenant cascade;
      drop function if exists app_tenant, app_principals, app_access, app_readable_documents, tenant_by_slug, tenant_ids,
        refuse_change cascade;
    `);
  }
}
