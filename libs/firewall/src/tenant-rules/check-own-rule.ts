import { RE2JS } from 're2js';
import { isCategory } from '../policy.js';
import { reachOf } from '../rules/reach-of.js';
import { PARANOIA_LEVELS, TEXT_ROLES, type Paranoia, type TextRole } from '../rules/rule.js';
import { readViews } from '../views/read-views.js';
import {
  EXAMPLE_MAX,
  EXAMPLES_MAX,
  KINDS,
  LITERAL_MAX,
  LITERAL_MIN,
  LITERALS_MAX,
  NO_OWN_RULES,
  OWN_ROLES,
  PATTERN_MAX,
  PROGRAM_MAX,
  REACH_MAX,
  SEVERITY_NAMES,
  type AskedRule,
  type OwnRule,
} from './own-rule.js';
import { OwnRules } from './own-rules.js';

export interface Mistake {
  readonly path: string;
  readonly message: string;
}

const ID = /^own\.[a-z0-9][a-z0-9-]{0,59}$/;

/** The rule, or everything that is wrong with it. */
export function checkOwnRule(asked: AskedRule, path: string): OwnRule | Mistake[] {
  const mistakes: Mistake[] = [];
  const wrong = (field: string, message: string) => void mistakes.push({ path: `${path}.${field}`, message });
  checkNames(asked, wrong);
  checkLiterals(asked.literals, wrong);
  checkExamples(asked, wrong);
  checkPattern(asked.pattern, wrong);
  if (mistakes.length > 0) return mistakes;
  const rule = { ...asked, paranoia: asked.paranoia ?? 1, roles: asked.roles ?? OWN_ROLES } as OwnRule;
  checkAgainstExamples(rule, wrong);
  return mistakes.length > 0 ? mistakes : rule;
}

type Wrong = (field: string, message: string) => void;

function checkNames(asked: AskedRule, wrong: Wrong): void {
  const { id, category, kind, severity, paranoia = 1, roles = OWN_ROLES } = asked;
  if (!ID.test(id)) wrong('id', 'must be own. and then small letters, digits and hyphens');
  const categoryFits = isCategory(category) && !NO_OWN_RULES.includes(category);
  if (!categoryFits) wrong('category', 'is no category for rules of your own');
  if (!KINDS.some((each) => each === kind)) wrong('kind', `must be one of ${KINDS.join(', ')}`);
  if (!SEVERITY_NAMES.some((each) => each === severity))
    wrong('severity', `must be one of ${SEVERITY_NAMES.join(', ')}`);
  if (kind === 'judgment' && severity === 'critical') wrong('severity', 'only artifacts are critical');
  if (!PARANOIA_LEVELS.includes(paranoia as Paranoia)) wrong('paranoia', 'must be 1 to 4');
  if (roles.length === 0 || !roles.every((role) => TEXT_ROLES.includes(role as TextRole)))
    wrong('roles', `must be some of ${TEXT_ROLES.join(', ')}`);
}

function checkLiterals(literals: readonly string[], wrong: Wrong): void {
  if (literals.length === 0 || literals.length > LITERALS_MAX) wrong('literals', `1 to ${LITERALS_MAX}`);
  literals.slice(0, LITERALS_MAX).forEach((literal, at) => {
    const least = /[\u0250-\uffff]/.test(literal) ? LITERAL_MIN - 1 : LITERAL_MIN;
    if (literal.trim().length < least)
      wrong(
        `literals.${at}`,
        'is too short: nearly every text holds it, so the pattern would be tried on all',
      );
    else if (literal.length > LITERAL_MAX) wrong(`literals.${at}`, `at most ${LITERAL_MAX} characters`);
    else if (readViews(literal).views[0]?.text !== literal)
      wrong(`literals.${at}`, 'must be as rules read it: small letters, no accents, simplified Chinese');
  });
}

function checkExamples({ catches, passes }: AskedRule, wrong: Wrong): void {
  for (const [field, texts] of Object.entries({ catches, passes })) {
    if (texts.length === 0 || texts.length > EXAMPLES_MAX) wrong(field, `1 to ${EXAMPLES_MAX} texts`);
    texts.forEach((text, at) => {
      if (text.length > EXAMPLE_MAX) wrong(`${field}.${at}`, `at most ${EXAMPLE_MAX} characters`);
    });
  }
}

function checkPattern(pattern: string, wrong: Wrong): void {
  if (pattern.length === 0 || pattern.length > PATTERN_MAX) {
    wrong('pattern', `1 to ${PATTERN_MAX} characters`);
    return;
  }
  try {
    const reach = reachOf(pattern);
    const compiled = RE2JS.compile(pattern);
    if (compiled.test('')) wrong('pattern', 'matches the empty text');
    if (reach === Infinity)
      wrong('pattern', 'has a repetition without an upper bound: write {1,40} for + or *');
    else if (reach > REACH_MAX)
      wrong('pattern', `may match ${reach} characters; at most ${REACH_MAX} are allowed`);
    else if (compiled.programSize() > PROGRAM_MAX)
      wrong('pattern', `is too large: ${compiled.programSize()} steps, at most ${PROGRAM_MAX} are allowed`);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    wrong('pattern', `cannot be read by the linear engine (no look-around, no back-reference): ${why}`);
  }
}

function checkAgainstExamples(rule: OwnRule, wrong: Wrong): void {
  const rules = new OwnRules([rule]);
  const [role = 'user'] = rule.roles;
  const catches = (text: string) =>
    readViews(text).views.some((view) => rules.match(view.text, role, 4).length > 0);
  rule.catches.forEach((text, at) => {
    if (!catches(text)) wrong(`catches.${at}`, 'is not caught by the rule');
  });
  rule.passes.forEach((text, at) => {
    if (catches(text)) wrong(`passes.${at}`, 'is caught by the rule');
  });
}
