import { QuotaPolicyEntity } from './quota-policy.entity.js';
import { QuotaReservationEntity } from './quota-reservation.entity.js';
import { QuotaTenantReference } from './tenant-reference.entity.js';
import { QuotaUsageEntity } from './quota-usage.entity.js';

export const entities = [QuotaPolicyEntity, QuotaUsageEntity, QuotaReservationEntity, QuotaTenantReference];
