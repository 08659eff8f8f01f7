import { rm } from 'node:fs/promises';

export default async function globalTeardown() {
  const cluster = globalThis.lorekeepTestCluster;
  if (!cluster) return;
  try {
    await cluster.server.stop();
  } finally {
    await rm(cluster.folder, { recursive: true, force: true });
  }
}
