import { createHmac, timingSafeEqual } from 'node:crypto';

/** What an engine host says to a gateway about itself. */
export interface Registration {
  /** Where gateways reach its door, without a path. */
  readonly address: string;
  /** The host's clock, milliseconds since 1970; each registration is later than the last one that was taken. */
  readonly at: number;
  /** Chosen anew each time: the gateway's answer is bound to it. */
  readonly nonce: string;
  /** It ends: no further questions. */
  readonly leaving: boolean;
}

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Whether what is sent there goes over TLS or stays on this machine; an origin and nothing more. */
export function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol, hostname } = new URL(address);
  return origin === address && (protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)));
}

/** How far the clocks of host and gateway may be apart, in milliseconds. */
export const CLOCKS_APART_MS = 60_000;

/**
 * Proofs that a host and a gateway hold the same key, which itself is never sent: HMAC-SHA-256 (RFC 2104), base64url,
 * over different texts, so that neither side can give the other's proof back to it.
 */
export function proveHost(key: string, { address, at, nonce, leaving }: Registration): string {
  return sign(key, ['engine host', address, String(at), nonce, leaving ? 'leaving' : 'here']);
}

export function proveGateway(key: string, { nonce, at }: Pick<Registration, 'nonce' | 'at'>): string {
  return sign(key, ['gateway', nonce, String(at)]);
}

/** Takes as long for a wrong proof as for a right one. */
export function isSameProof(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function sign(key: string, parts: readonly string[]): string {
  return createHmac('sha256', key).update(parts.join('\n')).digest('base64url');
}
