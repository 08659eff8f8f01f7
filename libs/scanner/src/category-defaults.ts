import type { PolicyAction, Severity } from '@lorekeep/contracts';
import type { DetectorKind, FoldName } from '@lorekeep/kit/matching';
import type { DefaultCategory } from './scan-table.js';

/** Folds of a category that nobody chose any for: all but those that find too much in ordinary text. */
export const DEFAULT_FOLDS: readonly FoldName[] = [
  ...(['case', 'width', 'compatibility', 'traditional'] as const),
  ...(['homoglyph', 'interleave', 'repeat', 'markup'] as const),
];

/** Of categories of words and lists: each entry has an action of its own. */
export const OWN_CATEGORY = { action: null, severity: 'medium', folds: DEFAULT_FOLDS } as const;

const detector = (name: DetectorKind, action: PolicyAction, severity: Severity): DefaultCategory => ({
  ...{ name, action, severity, folds: [] },
});

/**
 * Kinds of the detectors, which are categories too; folds mean nothing to them. What identifies a person to a bank or a
 * state, and what opens a door, is masked; addresses and numbers of colleagues are what people ask for.
 */
export const DETECTOR_CATEGORIES: readonly DefaultCategory[] = [
  detector('personal-data.email', 'off', 'low'),
  detector('personal-data.cn-mobile', 'off', 'medium'),
  detector('personal-data.cn-resident-id', 'redact', 'high'),
  detector('personal-data.bank-card', 'redact', 'high'),
  detector('personal-data.iban', 'redact', 'high'),
  detector('personal-data.passport', 'redact', 'high'),
  detector('personal-data.phone', 'off', 'medium'),
  detector('personal-data.ip-address', 'off', 'low'),
  detector('secret.token', 'redact', 'critical'),
  detector('secret.private-key', 'redact', 'critical'),
  detector('secret.connection-string', 'redact', 'critical'),
  detector('secret.authorization', 'redact', 'high'),
  detector('secret.password', 'redact', 'high'),
  detector('secret.key', 'redact', 'high'),
];
