export {
  Firewall,
  type InspectedText,
  type PolicySource,
  type Verdict,
  type VerdictHit,
} from './firewall.js';
export { FirewallPolicies, type PolicyRow } from './firewall-policies.js';
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
  PRESET_POLICIES,
  PRESETS,
  type Preset,
  withActions,
} from './policy.js';
export { type Redaction } from './redact.js';
export { CATEGORIES, TEXT_ROLES, type Category, type TextRole } from './rules/rule.js';
export { entities } from './store/entities.js';
