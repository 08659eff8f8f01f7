import { auditConfigSchema } from '@lorekeep/audit';
import { authConfigSchema } from '@lorekeep/auth';
import type { ConfigOf } from '@lorekeep/kit/config';
import { inferenceConfigSchema } from '@lorekeep/inference';
import { quotaConfigSchema } from '@lorekeep/quota';
import { retrievalConfigSchema } from '@lorekeep/retrieval';
import { scannerConfigSchema } from '@lorekeep/scanner';
import { sourceConfigSchema } from '@lorekeep/sources';
import { firewallConfigSchema } from '@lorekeep/firewall';
import { documentPathConfigSchema } from '@lorekeep/document-path';
import { gatewayConfigShape } from '../gateway.config.js';

/** Everything that the gateway reads from its environment, in the order in which .env.example lists it. */
export const appConfigShape = {
  ...gatewayConfigShape,
  ...authConfigSchema,
  ...quotaConfigSchema,
  ...firewallConfigSchema,
  ...retrievalConfigSchema,
  ...inferenceConfigSchema,
  ...scannerConfigSchema,
  ...auditConfigSchema,
  ...documentPathConfigSchema,
  ...sourceConfigSchema,
};

export type AppConfig = ConfigOf<typeof appConfigShape>;
