import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

/** What a library would need to reach anything outside, or to start a program. */
const DOORS: readonly [object, readonly string[]][] = [
  [net.Socket.prototype, ['connect']],
  [net.Server.prototype, ['listen']],
  [dgram.Socket.prototype, ['bind', 'connect', 'send']],
  [dns, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']],
  [dns.promises, ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'reverse']],
  [childProcess.ChildProcess.prototype, ['spawn']],
  [childProcess, ['spawnSync', 'execSync', 'execFileSync']],
  [globalThis, ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest']],
];

/**
 * Takes this process's ways to the network away, for good: a library that would fetch what a file names fails instead.
 * No wall against code that runs in here (nothing of a file ever does), but one against accidents. The channel to the
 * parent is a pipe of its own and stays.
 */
export function closeNetwork(): void {
  const refuse = (): never => {
    throw new Error('the parser has no network');
  };
  for (const [owner, names] of DOORS)
    for (const name of names)
      Object.defineProperty(owner, name, { value: refuse, writable: false, configurable: false });
  // What modules have imported by name follows.
  syncBuiltinESMExports();
}
