// A run without a cache knows nothing of how long files take: the long ones first, so that none runs alone at the end.
import Sequencer from '@jest/test-sequencer';

/** More than ten seconds each, the longest first. */
const LONG = [
  'rules/rule-set.spec.ts',
  'matching/matcher-definition.spec.ts',
  'postgres/launch-postgres.db-spec.ts',
  'audit/src/chain/long-chain.db-spec.ts',
  'matching/linear-time.spec.ts',
  'fleet/unreachable-host.spec.ts',
  'fleet/fleet-driver.spec.ts',
  'scanner/src/hold-back.spec.ts',
  'scanner/src/hold-back-of-several.spec.ts',
  'firewall/src/find-visible-secrets.spec.ts',
  'rules/bound-steps.spec.ts',
  'sources/interrupted.db-spec.ts',
  'chain/verify-chain.db-spec.ts',
  'worker/src/main.db-spec.ts',
  'matching/scan-whole.spec.ts',
  'retrieval/src/kill-index.db-spec.ts',
  'services/run-instance.db-spec.ts',
  'rules/first-units.spec.ts',
  'matching/matcher.spec.ts',
  'matching/detector-cursor.spec.ts',
];
const place = ({ path }) => {
  const at = LONG.findIndex((end) => path.endsWith(end));
  return at < 0 ? LONG.length : at;
};

export default class extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => place(a) - place(b));
  }
}
