import { drawText } from './draw-text.js';
import type { Sample } from './detector-samples.js';

type Random = () => number;
const EACH = 12;

/** Keys whose form the providers document; drawn alone and in a sentence. */
const PROVIDERS: Record<string, string> = {
  // help.aliyun.com, cloud.tencent.com (CAM), cloud.baidu.com, volcengine.com (IAM), docs.jdcloud.com
  'Aliyun access key': 'LTAI[0-9A-Za-z]{20}',
  'Aliyun access key, older': 'LTAI[0-9A-Za-z]{12}',
  'Aliyun STS': 'STS\\.[0-9A-Za-z]{24}',
  'Tencent secret id': 'AKID[0-9A-Za-z]{32}',
  'Baidu Qianfan': 'bce-v3/ALTAK-[0-9A-Za-z]{21}/[0-9a-f]{40}',
  'Volcengine access key': 'AKLT[0-9A-Za-z]{43}',
  'JD access key': 'JDC_[0-9A-F]{28}',
  'DashScope, DeepSeek': 'sk-[0-9a-f]{32}',
  Zhipu: '[0-9a-f]{32}\\.[0-9A-Za-z]{16}',
  'DingTalk robot': 'https://oapi\\.dingtalk\\.com/robot/send\\?access_token=[0-9a-f]{64}',
  'DingTalk robot secret': 'SEC[0-9a-f]{64}',
  'Feishu robot':
    'https://open\\.feishu\\.cn/open-apis/bot/v2/hook/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}',
  'WeCom robot':
    'https://qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}',
  GitHub: 'gh[pousr]_[0-9A-Za-z]{36}',
  'GitHub, fine-grained': 'github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}',
  GitLab: 'glpat-[0-9A-Za-z_-]{20}',
  AWS: '(AKIA|ASIA)[A-Z2-7]{16}',
  Google: 'AIza[0-9A-Za-z_-]{35}',
  Stripe: '(sk|rk)_live_[0-9A-Za-z]{24,99}',
  OpenAI: 'sk-proj-[0-9A-Za-z_-]{74}T3BlbkFJ[0-9A-Za-z_-]{74}',
  Anthropic: 'sk-ant-api03-[0-9A-Za-z_-]{93}AA',
  Slack: 'xoxb-[0-9]{12}-[0-9]{12}-[0-9A-Za-z]{24}',
  npm: 'npm_[0-9A-Za-z]{36}',
  PyPI: 'pypi-AgEIcHlwaS5vcmc[0-9A-Za-z_-]{80,120}',
  SendGrid: 'SG\\.[0-9A-Za-z_-]{22}\\.[0-9A-Za-z_-]{43}',
  'Hugging Face': 'hf_[a-zA-Z]{34}',
  Docker: 'dckr_pat_[0-9A-Za-z_-]{27}',
  Telegram: '[0-9]{9,10}:AA[0-9A-Za-z_-]{33}',
  DigitalOcean: 'do[por]_v1_[0-9a-f]{64}',
  Vault: 'hvs\\.[0-9A-Za-z_-]{90,120}',
  age: 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
  JWT: 'eyJhbGciOiJIUzI1NiJ9\\.eyJ[0-9A-Za-z]{60}\\.[0-9A-Za-z_-]{43}',
  database:
    '(postgres|mysql|mongodb\\+srv|redis|amqp)://[a-z]{4,8}:[0-9A-Za-z!%+]{8,16}@db\\.[a-z]{5,9}\\.(com|cn)/app',
};

const PHRASES: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => `please use ${secret} for the upload, it is valid until Friday`,
  (secret) => `请帮我看看这个 ${secret} 为什么报错`,
  (secret) => `config:\n  value: "${secret}"\n`,
  (secret) => `我的是${secret}，谢谢`,
];

const STRONG = '[A-Za-z][0-9][A-Za-z0-9@#%&+]{8,14}';
const RANDOM_KEY = '([a-f0-9]{32}|[A-Za-z0-9]{30}|[A-Za-z0-9+/]{38}[0-9][A-Za-z])';

/** What is told by the words before it, in English and Chinese: phrases with the form of what follows. */
const IN_CONTEXT: readonly [string, string][] = [
  ['password = "%"', STRONG],
  ['the password is %, please log in', STRONG],
  ['PGPASSWORD=% psql -h db', STRONG],
  ['Login: admin / Passwort, pwd: %', STRONG],
  ['密码：%', STRONG],
  ['数据库密码是 %，请检查连接', STRONG],
  ['初始口令为%', STRONG],
  ['登录口令: %', STRONG],
  ['用户名 admin，密码 %，登录不上', STRONG],
  ['账号：test01 密码：%', STRONG],
  ['api_key: %', RANDOM_KEY],
  ['"apiKey": "%",', RANDOM_KEY],
  ['SECRET_KEY=%', RANDOM_KEY],
  ["client_secret: '%'", RANDOM_KEY],
  ['X-Api-Key: %', RANDOM_KEY],
  ['Authorization: Bearer %', RANDOM_KEY],
  ['Authorization: Basic %', '[A-Za-z0-9]{18}[0-9][A-Z]'],
  ['密钥：%', RANDOM_KEY],
  ['访问令牌: %', RANDOM_KEY],
  ['AccessKeySecret: %', '[A-Za-z0-9]{28}[0-9][a-z]'],
  ['SecretKey: %', '[A-Za-z0-9]{30}[0-9][a-z]'],
  ['AppSecret=%', '[0-9a-f]{32}'],
  ['微信公众号 AppSecret：%', '[0-9a-f]{32}'],
  ['华为云 AK: HPUAX3Q7WZT4MK2LB9DS，SK: %', '[A-Za-z0-9]{38}[0-9][a-z]'],
  ['curl -H "X-Auth-Token: %" https://a.example', RANDOM_KEY],
  ['Server=db;Database=app;User Id=sa;Password=%;', STRONG],
  ["sshpass -p '%' ssh root@10.0.0.8", STRONG],
  ['mysql -uroot -p% app', STRONG],
  ['https://api.example.com/v1/list?access_token=%&page=2', RANDOM_KEY],
];

/** What stands where a secret would be, and what is as long as one. */
const INNOCENT: readonly string[] = [
  'password = "[xX*•.]{8,12}"',
  'api_key: <your-[a-z]{3,6}-key>',
  'token = \\$\\{[A-Z]{4,8}_TOKEN\\}',
  'secret: \\{\\{ [a-z]{4,8}\\.secret \\}\\}',
  'password: process\\.env\\.[A-Z]{4,8}_PASSWORD',
  'password: os\\.getenv\\("[A-Z]{4,8}"\\)',
  'AWS_ACCESS_KEY_ID=AKIA[A-Z]{4}EXAMPLE[A-Z]{5}',
  'commit [0-9a-f]{40}',
  'sha256:[0-9a-f]{64}',
  'request id [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}',
  'integrity="sha512-[A-Za-z0-9+/]{86}=="',
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43} ann@host',
  'GET /static/app\\.[0-9a-f]{20}\\.js',
  'max_tokens: [1-9][0-9]{3}',
  'token count: [1-9][0-9]{4}',
  'primary key: order_id_[a-z]{6}',
  'password: your[_-]password[_-]here',
  'sk_test_[xX]{24}',
  'ghp_[x]{36}',
  'public_key = "[A-Za-z0-9+/]{43}="',
  '密码：请联系管理员',
  '密码长度不能少于[1-9]位',
  '密钥：<你的密钥>',
  '令牌数：[1-9][0-9]{5}',
  'key: [a-z]{4,8}_[a-z]{4,8}_[a-z]{4,8}',
  'API key: see the wiki page [A-Z]{2}-[0-9]{4}',
  'Order no\\. [0-9]{16}',
];

export function drawSecrets(random: Random): Sample[] {
  const sample = (source: string, group: string, positive: boolean, text: string): Sample => ({
    source,
    group,
    wants: 'secret',
    positive,
    text,
  });
  const times = <T>(make: (i: number) => T): T[] => Array.from({ length: EACH }, (_, i) => make(i));
  return [
    ...Object.entries(PROVIDERS).flatMap(([name, form]) =>
      times((i) => {
        const secret = drawText(form, random);
        return sample('drawn: providers', name, true, (PHRASES[i % PHRASES.length] ?? String)(secret));
      }),
    ),
    ...IN_CONTEXT.flatMap(([phrase, form]) =>
      times(() =>
        sample(
          'drawn: in context',
          phrase,
          true,
          phrase.replace('%', () => drawText(form, random)),
        ),
      ),
    ),
    ...INNOCENT.flatMap((form) =>
      times(() => sample('drawn: innocent', form, false, drawText(form, random))),
    ),
  ];
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643: region, birth, sequence, check of ISO 7064 MOD 11-2. */
function residentId(random: Random): string {
  const body = drawText(
    '(110105|310104|440305|510107)(19[5-9][0-9]|20[01][0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}',
    random,
  );
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return body + ('10X98765432'[sum % 11] ?? '');
}

/** Luhn, ISO/IEC 7812-1. */
function card(random: Random): string {
  const body = drawText(
    '(4[0-9]{14}|5[1-5][0-9]{13}|62[0-9]{13}|62[0-9]{16}|3[47][0-9]{12}|35[0-9]{13})',
    random,
  );
  const sum = [...body].reverse().reduce((total, digit, i) => {
    const value = i % 2 === 0 ? Number(digit) * 2 : Number(digit);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return body + String((10 - (sum % 10)) % 10);
}

/** ISO 7064 MOD 97-10. */
function iban(random: Random): string {
  const [country = '', account = ''] = drawText(
    '(DE [0-9]{18}|GB [A-Z]{4}[0-9]{14}|FR [0-9]{10}[A-Z0-9]{11}[0-9]{2}|NL [A-Z]{4}[0-9]{10})',
    random,
  ).split(' ');
  const digits = [...`${account}${country}00`].map((unit) => Number.parseInt(unit, 36)).join('');
  return `${country}${String(98n - (BigInt(digits) % 97n)).padStart(2, '0')}${account}`;
}

const inFours = (text: string): string => text.replace(/(.{4})(?=.)/g, '$1 ');

const PERSONAL: Record<string, (random: Random) => string> = {
  'resident id': residentId,
  'bank card': card,
  'bank card, groups': (random) => inFours(card(random)),
  IBAN: iban,
  'IBAN, groups': (random) => inFours(iban(random)),
  mobile: (random) => drawText('1[3-9][0-9]{9}', random),
  'mobile, groups': (random) => drawText('1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}', random),
  'mobile, +86': (random) => drawText('\\+86[ -]?1[3-9][0-9]{9}', random),
  'e-mail': (random) => drawText('[a-z]{3,8}[._]?[a-z0-9]{2,5}@[a-z]{3,9}\\.(com|cn|co\\.uk|org)', random),
  IPv4: (random) => drawText('(10|172|192|203)\\.1[0-9]{2}\\.[1-9][0-9]\\.[1-9]', random),
  IPv6: (random) => drawText('2001:db8:[1-9a-f]{4}:[1-9a-f]{3}::[1-9a-f]{4}', random),
  phone: (random) =>
    drawText(
      '\\+(44 20 [0-9]{4} [0-9]{4}|1 \\([2-9][0-9]{2}\\) [2-9][0-9]{2}-[0-9]{4}|49 [1-9][0-9]{2} [0-9]{7})',
      random,
    ),
  passport: (random) => drawText('(passport no\\. |护照号码：|护照号)([EG][0-9]{8}|E[A-Z][0-9]{7})', random),
};

const PERSONAL_PHRASES: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `please send it to ${value} today.`,
  (value) => `联系方式${value}，收到请回复`,
  (value) => `{"value":"${value}"}`,
];

const NUMBERS = [
  '[0-9]{6} [0-9]{5} [0-9]{4}',
  '20[12][0-9]-1[0-2]-[12][0-9] 1[0-9]:[0-5][0-9]',
  '17[0-9]{11}',
  'v[1-9]\\.[0-9]\\.[0-9]{2}',
  '[0-9]{3},[0-9]{3}\\.[0-9]{2}',
  '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}',
  '[1-9][0-9]{5}',
  'ISBN 978-[0-9]-[0-9]{4}-[0-9]{4}-[0-9]',
];

export function drawPersonalData(random: Random): Sample[] {
  const positives = Object.entries(PERSONAL).flatMap(([group, draw]) =>
    PERSONAL_PHRASES.flatMap((phrase) =>
      Array.from({ length: EACH }, (): Sample => ({
        source: `drawn: ${group}`,
        group,
        wants: 'personal',
        positive: true,
        text: phrase(draw(random)),
      })),
    ),
  );
  const negatives = NUMBERS.flatMap((form) =>
    Array.from({ length: EACH }, (): Sample => ({
      source: 'drawn: numbers of no person',
      group: form,
      wants: 'personal',
      positive: false,
      text: `see ${drawText(form, random)} there`,
    })),
  );
  return [...positives, ...negatives];
}
