import { AuditHeadEntity } from './audit-head.entity.js';
import { AuditRecordEntity } from './audit-record.entity.js';
import { AuditTenantReference } from './tenant-reference.entity.js';

export const entities = [AuditRecordEntity, AuditHeadEntity, AuditTenantReference];
