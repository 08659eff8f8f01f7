/** Stands where a secret will be: `${PASSWORD}`, `<password>`, `{{ token }}`, `%s`, `****`, `xxxx`. */
const MARKUP = /^(?:[$<{[%]|[*•.xX_-]+$)/;
/** Code or a link that leads to the secret: a call, a tag of YAML, another name for it. */
const REFERENCE =
  /^(?:https?:\/\/|process\.env|os\.environ|env\.|[A-Za-z_.]{1,64}\(|!(?:vault|secret|ref|sub|getatt|env|include)(?![A-Za-z0-9]))|(?:^|[A-Za-z]_|[a-z]\.)(?:password|passwd|pwd)[:;,)]*$/i;
/** A member of something, to its end: with a figure or another sign in it, a password. */
const MEMBER =
  /^(?:[A-Za-z_][A-Za-z0-9_.]{0,40}\[[0-9]{1,3}\]|(?:req|request|this|self|config|cfg|user|data|body|params|props|options|opts|form|input|settings|args|event|ctx)(?:\.[A-Za-z_$]{1,64}){1,8})[:;,)]*$/;
const WORDS = new Set([
  ...[
    'null',
    'none',
    'nil',
    'true',
    'false',
    'undefined',
    'string',
    'required',
    'optional',
    'empty',
    'hidden',
  ],
  ...[
    'redacted',
    'masked',
    'placeholder',
    'example',
    'password',
    'passwd',
    'secret',
    'token',
    'value',
    'unknown',
  ],
  ...[
    'your_password',
    'your-password',
    'yourpassword',
    'your_token',
    'your_api_key',
    'your-api-key',
    'expired',
  ],
]);

/** Words that tell what to put there: `your_token_here`, `<insert key>`. */
const INSTRUCTION =
  /(?:^|[^a-z])(?:your|insert|replace|enter|example|sample|dummy|redacted|placeholder|change[_-]?me|put_)(?:$|[^a-z])|^your|[_-]here\b|(?:token|key|string)here|x{4}|#{4}|\*{4}/i;
/** Of what is asked whether somebody drew it. */
const LOOKED_AT = 128;
const SHORTEST_DUMMY = 8;
/** AWS writes its examples so. */
const EXAMPLE = /EXAMPLE(?:KEY)?$|(?:TOKEN|STRING|KEY)[_-]?HERE/i;
const counts = new Uint8Array(128);

/** Of one sign so often in a row as none draws it. */
const ROW = 4;

/** Drawn by nobody: `xxxx…`, `1111…`, `5555aaaa7777…`, `AKIA…EXAMPLE`, `TOKEN_HERE`. */
export function isDummy(body: string): boolean {
  counts.fill(0);
  let count = 0;
  let inRows = 0;
  let row = 0;
  let last = 0;
  for (let i = 0; i < body.length && i < LOOKED_AT; i++) {
    const unit = body.charCodeAt(i);
    if (unit === 0x2d || unit === 0x5f || unit === 0x2e || unit > 0x7f) continue;
    counts[unit] = (counts[unit] ?? 0) + 1;
    count++;
    row = (unit | 0x20) === last ? row + 1 : 1;
    last = unit | 0x20;
    if (row === ROW) inRows += ROW;
    else if (row > ROW) inRows++;
  }
  const ofX = (counts[0x58] ?? 0) + (counts[0x78] ?? 0);
  const most = Math.max(inRows, ofX, counts[0x30] ?? 0, counts[0x31] ?? 0);
  return (count >= SHORTEST_DUMMY && most * 2 > count) || EXAMPLE.test(body);
}

const SEQUENCE = 6;

/** Mostly what comes one after the other: `abcdefgh…`, `1234567890`. */
export function isSequence(value: string): boolean {
  let inOrder = 0;
  let run = 1;
  for (let i = 1; i <= value.length; i++) {
    if (value.charCodeAt(i) === value.charCodeAt(i - 1) + 1) run++;
    else {
      if (run >= SEQUENCE) inOrder += run;
      run = 1;
    }
  }
  return inOrder * 5 >= value.length * 2;
}

/** True for what is written in place of a secret in instructions and templates. */
export function isPlaceholder(value: string): boolean {
  return (
    MARKUP.test(value) || INSTRUCTION.test(value) || REFERENCE.test(value) || WORDS.has(value.toLowerCase())
  );
}

/** Whether a value without quotes is what a program puts there: `config.password`, `args[0]`. */
export function isMember(value: string): boolean {
  return MEMBER.test(value);
}

/** Whether a value that ends here was left out in part: `eyJzaWdu...`, `abc…`, `abc..[Redacted]`. */
export function isElided(text: string, end: number): boolean {
  return text.charCodeAt(end) === 0x2026 || (text[end] === '.' && text[end + 1] === '.');
}
