/* eslint-disable no-template-curly-in-string -- expressions of templates and shells are what these rules are about */
import type { Rule } from './rule.js';

const roles = ['user'] as const;

/** Code that hides what it runs, or shows that it ran. */
export const CODE_PROBES: readonly Rule[] = [
  {
    // Code that comes in another spelling than its own and runs at once.
    id: 'command.runs-decoded',
    category: 'command',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      'base64_decode',
      'gzinflate',
      'gzuncompress',
      'str_rot13',
      'hex2bin',
      'rawurldecode',
      'base64.',
      'buffer(',
      'buffer.from',
      'atob(',
      'decode64',
      'b64decode',
      'unpack(',
      'fromcharcode',
      "decode('",
    ],
    pattern: String.raw`(?:eval|assert|system|exec|popen|passthru|shell_exec|create_function|function|execsync|%x|spawn)(?:\)|['"])? ?[({\[#!+"'.-][ ({\[#!+"'.-]{0,5}(?:["'][^"'\n]{0,20}["'][ .+(]{1,4})?(?:new )?(?:@?base64_decode|gzinflate|gzuncompress|str_rot13|hex2bin|rawurldecode|base64\.[a-z0-9_]{3,20}|buffer(?:\.from)?|atob|[a-z0-9_.]{0,20}b64decode|unpack|string\.fromcharcode|codecs\.decode|bytes\.fromhex) ?\(`,
    roles,
    catches: [
      "eval(base64_decode('aWQ='));",
      'eval(Buffer("aQ", "base64").toString())',
      "%x(#{Base64.urlsafe_decode64('a')})",
      'eval("return (" . base64_decode("a"))',
      'exec(base64.b64decode("a"))',
    ],
    passes: [
      'const text = atob(value)',
      'json.loads(base64.b64decode(x))',
      'The function base64_decode (PHP)',
    ],
  },
  {
    // What the page would show is computed, to see that it ran.
    id: 'command.code-shows',
    category: 'command',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      "%x('",
      '%x(',
      '%x{',
      '%x[',
      'response.write',
      'out.print',
      '"java.lang',
      "'java.lang",
      'md5(',
      'sha1(',
      'exit(',
      'die(',
      'print(',
      'printf(',
      'echo ',
      'print_r(',
      'var_dump(',
    ],
    pattern: String.raw`%x[({\['] {0,2}['"]?(?:ls|id|cat|whoami|uname|curl|wget|ping|sleep)(?![a-z])|^[^a-z\n]{0,6}(?:response\.write|out\.println?) ?\(? ?\(? ?['"]?[\d{]{1,3}[^\n)]{0,24}\*|['"]java\.lang\.[a-z.]{4,24}['"] ?\(|^[^ \n'"]{0,12}(?:['"]?[ )]{0,3}[.;}{]{1,2}|['"][ )]{0,3}[.;]|\x24\{@?) ?(?:exit|die|print|printf|print_r|var_dump|echo)(?: |\(){1,2} ?(?:md5|sha1|phpinfo|phpversion|chr|hash|system|\d{1,9} ?[*.+-] ?\d{1,9}|['"][a-z0-9_]{1,24}['"] ?\. ?(?:md5|['"\d]))`,
    roles,
    catches: [
      "%x('ls -al /')",
      'response.write(7*7)',
      "';exit(md5('w4'));//",
      'a;print(md5(12));',
      '".die(1*2).\'',
      "${@print(md5('a'))}",
    ],
    passes: ['x = 1; print(x)', "echo md5('a')", "it's; print it"],
  },
];
