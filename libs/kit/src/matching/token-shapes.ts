import { isDummy, isSequence } from './placeholder.js';
import { PROVIDER_ROWS } from './provider-shapes.js';

export type ShapedKind =
  | 'aws-access-key'
  | 'github-token'
  | 'gitlab-token'
  | 'google-api-key'
  | 'lorekeep-key'
  | 'npm-token'
  | 'openai-key'
  | 'slack-token'
  | 'stripe-key'
  | 'provider-token';

export interface TokenShape {
  readonly kind: ShapedKind;
  readonly prefixes: readonly string[];
  /** What follows the prefix; sticky, and bounded so that every attempt is short. */
  readonly body: RegExp;
  /** Where prefix and length are not enough: whether a body was drawn at random. */
  readonly drawn?: (body: string) => boolean;
}

/** Bodies without a full bound are read on to the end of their run once they are certain. */
export const RUN = /[A-Za-z0-9_-]+/y;

const MIXED = 20;

/** Digits in it, or both cases in something long: no name that somebody chose, and nothing that stands for one. */
export function looksDrawn(body: string): boolean {
  const drawn = /[0-9]/.test(body)
    ? /[A-Za-z]/.test(body)
    : body.length >= MIXED && /[a-z]/.test(body) && /[a-zA-Z][A-Z]/.test(body);
  return drawn && !isDummy(body);
}

/** One stretch without a separator that mixes letters and digits: `sk-text-repr-fallback-2024` has none. */
export function hasDrawnStretch(body: string): boolean {
  const drawn = (part: string): boolean => part.length >= 10 && /[0-9]/.test(part) && /[A-Za-z]/.test(part);
  return body.split(/[_.-]/).some(drawn) && !isDummy(body);
}

/** Numbers of a workspace and of whom it is for, then what was drawn; or the long form of a rotated token. */
const SLACK =
  /^(?:[0-9]-[A-Z0-9]{100,}|(?:[0-9]-)?[0-9A-Za-z]{0,16}-?(?:[0-9]{8,14}-){1,4}[A-Za-z0-9-]{10,64}|(?:[0-9]-)[0-9A-Za-z]{24,48})$/i;

function isOfSlack(body: string): boolean {
  return SLACK.test(body) && !body.endsWith('-') && !isDummy(body.slice(body.lastIndexOf('-') + 1));
}

/** Of Anthropic, whose form is fixed: no other `sk-ant-` is a key. */
function isOpenAiKey(body: string): boolean {
  return body.startsWith('ant-')
    ? /^ant-[a-z]{2,6}[0-9]{2}-[A-Za-z0-9_-]{78,130}AA$/.test(body) && !isDummy(body)
    : hasDrawnStretch(body);
}

/** Prefixes and lengths as the providers publish them; more in `provider-shapes`. */
export const SHAPES: readonly TokenShape[] = [
  {
    kind: 'aws-access-key',
    prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA', 'A3T'],
    body: /[A-Z0-9]{16,17}(?![A-Za-z0-9])/y,
    drawn: (body) => !isDummy(body) && !body.includes('EXAMPLE'),
  },
  {
    kind: 'github-token',
    prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    body: /[A-Za-z0-9]{36,251}(?![A-Za-z0-9])/y,
    drawn: (body) => !isDummy(body),
  },
  {
    kind: 'github-token',
    prefixes: ['github_pat_'],
    body: /[A-Za-z0-9_]{22,244}(?![A-Za-z0-9_])/y,
    drawn: (body) => !isDummy(body),
  },
  {
    kind: 'slack-token',
    prefixes: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    body: /[A-Za-z0-9-]{10,250}(?![A-Za-z0-9-])/y,
    drawn: isOfSlack,
  },
  { kind: 'slack-token', prefixes: ['xoxd-'], body: /[A-Za-z0-9%+/=]{40,400}/y, drawn: looksDrawn },
  { kind: 'lorekeep-key', prefixes: ['lk-'], body: /[0-9a-f]{32}-[A-Za-z0-9_-]{43}/y },
  { kind: 'openai-key', prefixes: ['sk-'], body: /[A-Za-z0-9_-]{20,240}/y, drawn: isOpenAiKey },
  {
    kind: 'stripe-key',
    prefixes: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_', 'sk_prod_', 'rk_prod_'],
    body: /[A-Za-z0-9]{10,250}/y,
    drawn: looksDrawn,
  },
  {
    kind: 'google-api-key',
    prefixes: ['AIza'],
    body: /[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/y,
    drawn: (body) => looksDrawn(body) && !isSequence(body),
  },
  {
    kind: 'gitlab-token',
    prefixes: (
      'glpat- gldt- glrt- glptt- glcbt- glffct- glft- glimt- glagent- gloas- glsoat- ' +
      'GR1348941 _gitlab_session='
    ).split(' '),
    body: /[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{2}\.?[0-9a-z]{7,9})?/y,
    drawn: looksDrawn,
  },
  { kind: 'npm-token', prefixes: ['npm_'], body: /[A-Za-z0-9]{36}/y, drawn: looksDrawn },
  ...PROVIDER_ROWS.map(([prefixes, body, drawn]): TokenShape => ({
    kind: 'provider-token',
    prefixes: prefixes.split(' '),
    body,
    drawn: drawn ? looksDrawn : (value) => !isDummy(value),
  })),
];
