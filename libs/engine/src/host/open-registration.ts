import { readFile } from 'node:fs/promises';
import type { Clock } from '@lorekeep/kit/clock';
import type { EngineConfig } from './engine.config.js';
import { isSafeAddress } from '@lorekeep/kit/registration';
import { DoorError, type Door } from './listen.js';
import { RegisterHost, type RegisterParts } from './register-host.js';

/**
 * What tells the gateways of the settings where this host is; undefined where there are none.
 * @throws DoorError where a setting is missing or would send questions through the open
 */
export async function openRegistration(
  config: EngineConfig,
  door: Door,
  parts: Pick<RegisterParts, 'onChange'> & { clock: Clock },
): Promise<RegisterHost | undefined> {
  const gateways = config.ENGINE_GATEWAYS;
  if (gateways.length === 0) return undefined;
  const key = config.ENGINE_REGISTRATION_KEY;
  if (!key) throw new DoorError('ENGINE_GATEWAYS needs ENGINE_REGISTRATION_KEY.');
  for (const gateway of gateways)
    if (!isSafeAddress(gateway))
      throw new DoorError(
        `ENGINE_GATEWAYS: ${gateway} must be https://host[:port], or http:// on loopback, without a path.`,
      );
  const address = config.ENGINE_ADDRESS || door.url;
  if (!isSafeAddress(address))
    throw new DoorError(
      `ENGINE_ADDRESS: ${address} must be https://host[:port], or http:// on loopback, without a path.`,
    );
  const authority = config.ENGINE_GATEWAY_CA && (await readAuthority(config.ENGINE_GATEWAY_CA));
  return new RegisterHost({ ...parts, gateways, key, address, ...(authority ? { authority } : {}) });
}

function readAuthority(path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    throw new DoorError(`The file ${path} cannot be read.`);
  });
}
