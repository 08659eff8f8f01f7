export { FolderClassifier, openClassifier, type Classifier } from './classifier/classifier.js';
export { type ClassifierConfig } from './classifier/classifier.config.js';
export { CASE_TEXT_MAX, CASES_MAX, FirewallCases, type FailedCase, type Trial } from './cases/cases.js';
export {
  EXCEPTIONS_MAX,
  EXPIRY_MAX_MS,
  type AskedException,
  type Exception,
} from './exceptions/exception.js';
export { Firewall, type PolicySource } from './firewall.js';
export { FirewallPolicies } from './firewall-policies.js';
export { type InspectedText, type Verdict, type VerdictHit } from './judge.js';
export {
  REPLAY_PAGE,
  replayQuestions,
  type ChangedQuestion,
  type KeptQuestion,
  type Replayed,
  type TakenOut,
} from './replay/replay-questions.js';
export { type Change } from './setup/changes.js';
export { type AskedSetup } from './setup/check-setup.js';
export { FirewallSetups, type Preview } from './setup/firewall-setups.js';
export { listCategories, type CategoryRow } from './setup/list-categories.js';
export { NO_SETUP, type Setup, type TenantPolicy } from './setup/setup.js';
export { FirewallCaseRepository, type NewCase, type StoredCase } from './store/firewall-case.repository.js';
export { FirewallPolicyRepository, type SavedVersion } from './store/firewall-policy.repository.js';
export { checkOwnRule, type Mistake } from './tenant-rules/check-own-rule.js';
export { OWN_RULES_MAX, type AskedRule, type OwnRule } from './tenant-rules/own-rule.js';
export {
  EXPLAINED_MAX,
  explainText,
  showViews,
  type Explanation,
  type ShownView,
} from './workbench/explain-text.js';
export { firewallConfigSchema } from './firewall.config.js';
export {
  FIREWALL_FAULT_CODES,
  FIREWALL_REFUSAL_CODES,
  FirewallFault,
  type FirewallFaultCode,
  type FirewallRefusalCode,
} from './firewall.errors.js';
export { inspectText, type Hit, type Inspection } from './inspect-text.js';
export {
  ACTIONS,
  type Action,
  type Actions,
  BUILT_IN,
  type Policy,
  type PolicyFor,
  PRESET_POLICIES,
  PRESETS,
  type Preset,
  isCategory,
  withActions,
} from './policy.js';
export { type Redaction } from './redact.js';
export { CATEGORIES, TEXT_ROLES, type Category, type TextRole } from './rules/rule.js';
