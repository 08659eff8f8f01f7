import { readFileSync } from 'node:fs';
import { ConfigError } from '@lorekeep/kit/config';
import type { InferenceConfig } from '../inference.config.js';

type Files = Pick<InferenceConfig, 'INFERENCE_TLS_CA' | 'INFERENCE_TLS_CERT' | 'INFERENCE_TLS_KEY'>;

/** What the gateway shows to model servers, and whom it believes. @throws ConfigError which file cannot be read */
export function clientCertificate(config: Files): { ca?: Buffer; cert?: Buffer; key?: Buffer } {
  const { INFERENCE_TLS_CERT: cert, INFERENCE_TLS_KEY: key } = config;
  if (Boolean(cert) !== Boolean(key))
    throw new ConfigError([
      { name: 'INFERENCE_TLS_KEY', message: 'belongs together with INFERENCE_TLS_CERT' },
    ]);
  return {
    ...(config.INFERENCE_TLS_CA ? { ca: read(config, 'INFERENCE_TLS_CA') } : {}),
    ...(cert ? { cert: read(config, 'INFERENCE_TLS_CERT'), key: read(config, 'INFERENCE_TLS_KEY') } : {}),
  };
}

function read(config: Files, name: keyof Files): Buffer {
  try {
    return readFileSync(config[name]);
  } catch {
    throw new ConfigError([{ name, message: 'names a file that cannot be read' }]);
  }
}
