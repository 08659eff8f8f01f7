import { BlockList, isIP } from 'node:net';
import { SourceProblem } from '../sources.errors.js';

export interface ReachRules {
  readonly privateAddresses: boolean;
  readonly plainHttp: boolean;
}

/** Machines of clouds tell their credentials there: never reached, whatever is allowed. */
const METADATA = new BlockList();
METADATA.addSubnet('169.254.0.0', 16);
METADATA.addSubnet('fe80::', 10, 'ipv6');
// Those that lie elsewhere: Azure's (a public address), Alibaba's, Oracle's, AWS's and Google's by IPv6; and 169.254
// by translators (NAT64, 6to4).
for (const [network, bits, kind] of [
  ['168.63.129.16', 32, 'ipv4'],
  ['100.100.100.200', 32, 'ipv4'],
  ['192.0.0.192', 32, 'ipv4'],
  ['fd00:ec2::254', 128, 'ipv6'],
  ['fd20:ce::254', 128, 'ipv6'],
  ['64:ff9b::a9fe:0', 112, 'ipv6'],
  ['2002:a9fe::', 32, 'ipv6'],
] as const)
  METADATA.addSubnet(network, bits, kind);

/** IANA's special-purpose registries: whatever is not the public internet. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  PRIVATE.addSubnet(network, bits);
// Also those that wrap an IPv4 address: translated (64:ff9b), 6to4 (2002), Teredo (2001::).
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/** Whether a source may be reached at this IP address. */
export function mayReach(address: string, rules: ReachRules): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  // The lists also know IPv4 addresses that are written as IPv6 ones (::ffff:a.b.c.d).
  if (METADATA.check(address, kind)) return false;
  return rules.privateAddresses || !PRIVATE.check(address, kind);
}

/** The address of a source as it may be; names are looked at again when they are resolved. Throws SourceProblem. */
export function allowedUrl(address: string, rules: ReachRules): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new SourceProblem('SOURCE_ADDRESS_INVALID');
  // Credentials in an address would be shown and logged.
  if (url.username !== '' || url.password !== '') throw new SourceProblem('SOURCE_ADDRESS_INVALID');
  if (url.protocol === 'http:' && !rules.plainHttp) throw new SourceProblem('SOURCE_HTTP_FORBIDDEN');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !mayReach(host, rules)) throw new SourceProblem('SOURCE_ADDRESS_FORBIDDEN');
  return url;
}
