// Tries every way out after the doors were closed, and reports which were open.
import { execFileSync, spawn } from 'node:child_process';
import { connect } from 'node:net';
import { lookup } from 'node:dns';
import { createSocket } from 'node:dgram';
import { get } from 'node:http';
import { closeNetwork } from '../2-parse/close-network.js';

closeNetwork();
const ways: Record<string, () => unknown> = {
  connect: () => connect(9, '127.0.0.1'),
  pipe: () => connect('/tmp/nobody'),
  http: () => get('http://127.0.0.1:9/'),
  fetch: () => fetch('http://127.0.0.1:9/'),
  dns: () => lookup('localhost', () => undefined),
  udp: () => createSocket('udp4').send('x', 9, '127.0.0.1'),
  spawn: () => spawn('true'),
  exec: () => execFileSync('true'),
};
const open = Object.keys(ways).filter((name) => {
  try {
    void ways[name]?.();
    return true;
  } catch {
    return false;
  }
});
process.send?.(open);
