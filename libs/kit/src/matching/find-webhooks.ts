import type { Finding } from './finding.js';

type HookKind = 'slack-token' | 'webhook';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const SLACK_HOOK =
  /(?:https?:\/\/)?hooks\.slack\.com\/(?:services\/[A-Za-z0-9]{6,16}\/[A-Za-z0-9]{6,16}\/[A-Za-z0-9]{16,40}|(?:workflows|triggers)\/[A-Za-z0-9]{6,16}(?:\/[A-Za-z0-9]{6,40}){2,3})/g;
/** Addresses that are the credential: robots of DingTalk, Feishu, WeCom; Discord, Telegram, Zapier. */
const OTHER_HOOKS = new RegExp(
  [
    String.raw`https:\/\/oapi\.dingtalk\.com\/robot\/send\?access_token=[0-9a-f]{64}`,
    String.raw`https:\/\/open\.(?:feishu\.cn|larksuite\.com)\/open-apis\/bot\/v2\/hook\/${UUID}`,
    String.raw`https:\/\/qyapi\.weixin\.qq\.com\/cgi-bin\/webhook\/send\?key=${UUID}`,
    String.raw`https:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/api\/webhooks\/[0-9]{17,20}\/[A-Za-z0-9_-]{60,80}`,
    String.raw`https:\/\/api\.telegram\.org\/bot[0-9]{8,10}:[A-Za-z0-9_-]{35}`,
    String.raw`https:\/\/hooks\.zapier\.com\/hooks\/catch\/[A-Za-z0-9\/]{12,40}`,
  ].join('|'),
  'y',
);
/** What the hosts of those begin with: most addresses lead elsewhere. */
const HOSTS = new Set([...'oqpcdah'].map((letter) => letter.charCodeAt(0)));
/** Those of Teams, whose hosts begin with anything, and what all of them hold. */
const OFFICE_HOOK =
  /https:\/\/[a-z0-9]{1,40}\.webhook\.office\.com\/webhookb2\/[a-z0-9@-]{32,80}\/IncomingWebhook\/[a-z0-9]{32}\/[a-z0-9-]{36}/y;
const OFFICE = '.webhook.office.com/';
/** A shared access signature of Azure. */
const SIGNATURE = /(?<=[?&]sig=)[A-Za-z0-9%+/]{43,64}(?:%3[Dd]|=)/y;

/** Matches of a sticky pattern behind a mark, `from` units after it begins; apart from each other. */
function behind(
  text: string,
  mark: string,
  from: number,
  pattern: RegExp,
  follows?: ReadonlySet<number>,
): Finding<'webhook'>[] {
  const found: Finding<'webhook'>[] = [];
  let next = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (at + from < next || follows?.has(text.charCodeAt(at + mark.length)) === false) continue;
    pattern.lastIndex = at + from;
    if (!pattern.test(text)) continue;
    next = pattern.lastIndex;
    found.push({ start: at + from, end: next, kind: 'webhook' });
  }
  return found;
}

/** Addresses whose knowledge is enough to write there, and signatures within addresses. */
export function findWebhooks(text: string): Finding<HookKind>[] {
  const spans = (kind: HookKind, matches: Iterable<RegExpExecArray>): Finding<HookKind>[] =>
    Array.from(matches, ({ 0: value, index }) => ({ start: index, end: index + value.length, kind }));
  return [
    ...(text.includes('hooks.slack') ? spans('slack-token', text.matchAll(SLACK_HOOK)) : []),
    ...behind(text, 'https://', 0, OTHER_HOOKS, HOSTS),
    ...(text.includes(OFFICE) ? behind(text, 'https://', 0, OFFICE_HOOK) : []),
    ...behind(text, 'sig=', 4, SIGNATURE),
  ];
}
