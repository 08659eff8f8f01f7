import type { FirewallCase } from '@lorekeep/contracts';

type Expected = FirewallCase['expected'];

/**
 * What should be decided, unless somebody says otherwise: what the draft does about it where that is another thing,
 * since that is why it was changed; else that it passes, since false alarms are what one comes here with.
 */
export function expectedOf(inForce: Expected, drafted: Expected | null): Expected {
  return drafted !== null && drafted !== inForce ? drafted : 'allow';
}
