import { expect } from '@jest/globals';
import type { World } from './path-world.js';

export function expectClosedAsFailed(world: World, code: string): void {
  expect(world.records).toHaveLength(1);
  expect(world.records[0]?.closed).toMatchObject({ outcome: 'failed', detail: { fault: code } });
}
