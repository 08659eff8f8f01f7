import { auditConfigSchema } from '@lorekeep/audit';
import { authConfigSchema } from '@lorekeep/auth';
import { documentPathConfigSchema } from '@lorekeep/document-path';
import { firewallConfigSchema } from '@lorekeep/firewall';
import { inferenceConfigSchema } from '@lorekeep/inference';
import { loadConfig } from '@lorekeep/kit/config';
import { questionPathConfigShape } from '@lorekeep/question-path';
import { quotaConfigSchema } from '@lorekeep/quota';
import { scannerConfigSchema } from '@lorekeep/scanner';
import type { Environment } from '../command-context.js';

/**
 * Throws a ConfigError that names every wrong setting of the libraries, before a database starts for nothing. What only
 * gateway or worker know (LOG_LEVEL, pools, ports) they name themselves when they start.
 */
export function checkSettings(environment: Environment): void {
  loadConfig(
    {
      ...authConfigSchema,
      ...quotaConfigSchema,
      ...firewallConfigSchema,
      ...inferenceConfigSchema,
      ...scannerConfigSchema,
      ...auditConfigSchema,
      ...documentPathConfigSchema,
      ...questionPathConfigShape,
    },
    environment,
  );
}
