/** The words that mean the same in folders, configuration, errors, metrics, audit and on the page. */

/** The seven steps of the question path, in order. */
export const STEPS = ['auth', 'quota', 'firewall', 'retrieval', 'inference', 'scanner', 'audit'] as const;
export type Step = (typeof STEPS)[number];

export const ROLES = ['employee', 'support', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** What a route may require. A route that declares none is refused. */
export const PERMISSIONS = [
  'account',
  'ask',
  'documents.read',
  'documents.write',
  'drafts',
  'keys',
  'admin.users',
  'admin.quotas',
  'admin.words',
  'admin.rules',
  'admin.settings',
  'audit.read',
  'scanner.hits',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const LOCALES = ['en', 'zh'] as const;
export type Locale = (typeof LOCALES)[number];

/** How a question ended. */
export const OUTCOMES = ['answered', 'refused', 'stopped', 'cancelled', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What happens to an answer that contains a match; the later, the stricter. */
export const SCAN_ACTIONS = ['log', 'redact', 'stop'] as const;
export type ScanAction = (typeof SCAN_ACTIONS)[number];

/** What a policy may say of a category of the scanner. */
export const POLICY_ACTIONS = ['off', ...SCAN_ACTIONS] as const;
export type PolicyAction = (typeof POLICY_ACTIONS)[number];

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What an answer is for; each may have models of its own. `batch`: nobody waits for it. */
export const USE_CASES = [
  'question',
  'drafting',
  'code',
  'creative',
  'batch',
  'embedding',
  'transcription',
] as const;
export type UseCase = (typeof USE_CASES)[number];

/** Where a model of an engine host stands. */
export const ENGINE_STATES = [
  ...['stopped', 'checking', 'starting', 'warming'],
  ...['ready', 'draining', 'backoff', 'failed'],
] as const;
export type EngineState = (typeof ENGINE_STATES)[number];

/** What a start is at, in order. */
export const ENGINE_STAGES = [
  ...['checking', 'launch', 'arguments', 'engine', 'distributed', 'weights'],
  ...['compile', 'profile', 'graphs', 'finish', 'listen', 'warm'],
] as const;
export type EngineStage = (typeof ENGINE_STAGES)[number];

/**
 * Why a sentence is not supported by the passages that it cites: a number, a name, something said or denied the other
 * way round, an opposite word, too few of its words, or a contradiction that the operator's entailment model finds.
 */
export const GROUNDEDNESS_REASONS = [
  'number',
  'name',
  'negation',
  'opposite',
  'lexical',
  'entailment',
] as const;
export type GroundednessReason = (typeof GROUNDEDNESS_REASONS)[number];
