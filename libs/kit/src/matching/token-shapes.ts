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

/** Digits in it, or both cases in something long: no name that somebody chose. */
export function looksDrawn(body: string): boolean {
  if (/[0-9]/.test(body)) return /[A-Za-z]/.test(body);
  return body.length >= MIXED && /[a-z]/.test(body) && /[a-zA-Z][A-Z]/.test(body);
}

/** One stretch without a separator that mixes letters and digits: `sk-text-repr-fallback-2024` has none. */
export function hasDrawnStretch(body: string): boolean {
  return body.split(/[_.-]/).some((part) => part.length >= 10 && /[0-9]/.test(part) && /[A-Za-z]/.test(part));
}

/** Prefixes and lengths as the providers publish them. */
export const SHAPES: readonly TokenShape[] = [
  {
    kind: 'aws-access-key',
    prefixes: ['AKIA', 'ASIA', 'ABIA', 'ACCA'],
    body: /[A-Z0-9]{16}(?![A-Za-z0-9])/y,
  },
  {
    kind: 'github-token',
    prefixes: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    body: /[A-Za-z0-9]{36,251}(?![A-Za-z0-9])/y,
  },
  { kind: 'github-token', prefixes: ['github_pat_'], body: /[A-Za-z0-9_]{22,244}(?![A-Za-z0-9_])/y },
  {
    kind: 'slack-token',
    prefixes: ['xoxa-', 'xoxb-', 'xoxe-', 'xoxo-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'],
    body: /[A-Za-z0-9-]{10,250}(?![A-Za-z0-9-])/y,
  },
  { kind: 'lorekeep-key', prefixes: ['lk-'], body: /[0-9a-f]{32}-[A-Za-z0-9_-]{43}/y },
  {
    kind: 'openai-key',
    prefixes: ['sk-'],
    body: /[A-Za-z0-9_-]{20,240}/y,
    drawn: hasDrawnStretch,
  },
  {
    kind: 'stripe-key',
    prefixes: ['sk_live_', 'rk_live_', 'sk_test_', 'rk_test_'],
    body: /[A-Za-z0-9]{16,250}/y,
    drawn: looksDrawn,
  },
  {
    kind: 'google-api-key',
    prefixes: ['AIza'],
    body: /[A-Za-z0-9_-]{35}(?![A-Za-z0-9])/y,
    drawn: looksDrawn,
  },
  {
    kind: 'gitlab-token',
    prefixes: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-'],
    body: /[A-Za-z0-9_-]{20,250}(?:\.[0-9a-z]{2}\.[0-9a-z]{9})?/y,
    drawn: looksDrawn,
  },
  { kind: 'npm-token', prefixes: ['npm_'], body: /[A-Za-z0-9]{36}/y, drawn: looksDrawn },
  ...rows([
    // Anthropic is `sk-ant-…`: the row of `sk-`.
    ['hf_', /[A-Za-z0-9]{34,40}(?![A-Za-z0-9])/y],
    ['api_org_', /[A-Za-z0-9]{34}(?![A-Za-z0-9])/y],
    ['pypi-AgE', /[A-Za-z0-9_-]{50,1000}/y],
    ['SG.', /[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{32,64}/y],
    ['SK', /[0-9a-f]{32}(?![A-Za-z0-9])/y],
    ['LTAI', /[A-Za-z0-9]{12,26}(?![A-Za-z0-9])/y],
    ['AKID', /[A-Za-z0-9]{32}(?![A-Za-z0-9])/y],
    ['GOCSPX-', /[A-Za-z0-9_-]{28}/y],
    ['ya29.', /[A-Za-z0-9_-]{20,1000}/y],
    ['glsa_', /[A-Za-z0-9]{32}_[0-9a-f]{8}/y],
    ['dop_v1_', /[0-9a-f]{64}/y],
    ['shpat_', /[0-9a-fA-F]{32}/y],
    ['whsec_', /[A-Za-z0-9+/]{24,64}/y],
    ['sntrys_', /[A-Za-z0-9+/=_-]{60,250}/y],
    ['gsk_', /[A-Za-z0-9]{40,64}/y],
    ['xai-', /[A-Za-z0-9]{70,100}/y],
    ['r8_', /[A-Za-z0-9]{37}/y],
    ['dapi', /[0-9a-f]{32}(?![A-Za-z0-9])/y],
    ['hvs.', /[A-Za-z0-9_-]{24,300}/y],
    ['PMAK-', /[0-9a-f]{24}-[0-9a-f]{34}/y],
    ['lin_api_', /[A-Za-z0-9]{40}/y],
    ['secret_', /[A-Za-z0-9]{43}(?![A-Za-z0-9])/y],
    ['ntn_', /[A-Za-z0-9]{40,50}/y],
    ['sq0atp-', /[A-Za-z0-9_-]{22}/y],
    ['sq0csp-', /[A-Za-z0-9_-]{43}/y],
    ['EAACEdEose0cBA', /[A-Za-z0-9]{20,250}/y],
  ]),
];

function rows(shapes: readonly (readonly [string, RegExp])[]): TokenShape[] {
  return shapes.map(([prefix, body]) => ({
    kind: 'provider-token',
    prefixes: [prefix],
    body,
    drawn: looksDrawn,
  }));
}
