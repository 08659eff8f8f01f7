import { describe, expect, it } from '@jest/globals';
import { AuthFault } from './auth.errors.js';
import { PasswordHasher } from './hash-password.js';

const hasher = (queue = 200) => new PasswordHasher({ AUTH_HASH_CONCURRENCY: 2, AUTH_HASH_QUEUE: queue });

describe('PasswordHasher', () => {
  it('makes Argon2id hashes with OWASP’s parameters, salted each time', async () => {
    const [one, two] = await Promise.all([
      hasher().hash('tidal-copper-lamp'),
      hasher().hash('tidal-copper-lamp'),
    ]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(hasher().isOutdated(one)).toBe(false);
    expect(hasher().isOutdated(one.replace('t=2', 't=1'))).toBe(true);
  });

  it('knows the right password, in any Unicode form', async () => {
    const stored = await hasher().hash('caf\u00e9-copper-lamp');
    expect(await hasher().verify(stored, 'cafe\u0301-copper-lamp')).toBe(true);
    expect(await hasher().verify(stored, 'cafe-copper-lamp')).toBe(false);
    expect(await hasher().verify(stored, '')).toBe(false);
  });

  it('does the same work for nobody as for somebody, and says no', async () => {
    const one = hasher();
    await one.warm();
    const stored = await one.hash('tidal-copper-lamp');
    // Processor time of all threads: a busy machine does not change it.
    const work = async (hash: string | null) => {
      const start = process.cpuUsage();
      expect(await one.verify(hash, 'wrong password')).toBe(false);
      return process.cpuUsage(start).user;
    };
    // In turns and summed up: the kernel counts in ticks of some milliseconds.
    let [somebody, nobody] = [0, 0];
    for (let n = 0; n < 20; n++) {
      somebody += await work(stored);
      nobody += await work(null);
    }
    expect(nobody / somebody).toBeGreaterThan(0.5);
    expect(nobody / somebody).toBeLessThan(2);
  });

  it('refuses to queue without a bound, and goes on afterwards', async () => {
    const one = hasher(3);
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => one.verify(null, 'x')));
    const busy = all.filter((result) => result.status === 'rejected');
    expect(busy).toHaveLength(3);
    expect((busy[0] as PromiseRejectedResult).reason).toMatchObject({ code: 'AUTH_BUSY', status: 503 });
    expect(await one.verify(null, 'x')).toBe(false);
  });

  it('throws when the stored hash is damaged: never a yes', async () => {
    await expect(hasher().verify('$argon2id$nonsense', 'x')).rejects.toBeInstanceOf(AuthFault);
  });
});
