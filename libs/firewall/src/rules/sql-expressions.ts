import { pairs } from './pairs.js';
import type { Rule } from './rule.js';
import { COMMENT, GAP, OPEN_GAP, QUOTE } from './sql-words.js';

const roles = ['user'] as const;
/** A value whatever the table holds: numbers, truth, calls on nothing but numbers. */
const CONSTANT = String.raw`(?:[-+~!]{0,3}(?:\d{1,12}(?:\.\d{1,5})?|(?:pi|version|user|database|current_user|now) ?\( ?\)|true|false|null)|(?:cos|sin|abs|floor|sqrt|exp|ln|log) ?\( ?(?:\d{1,6}|pi ?\( ?\)) ?\))`;
const SUM = String.raw`${CONSTANT}(?: ?[-+*/^%] ?${CONSTANT}){0,4}`;
/** Operators that a value can stand before and behind. */
const OPERATOR = String.raw`(?:[-+*/%^&|=<>!~]{1,4}|(?:or|and|xor|not|div|mod|like|rlike|regexp|sounds like|between|in|is|having|where|collate)(?![a-z_]))`;
/** What stands before a quotation mark of the application: one value. */
const VALUE = String.raw`^ {0,2}[^'"\x60 \n]{0,24}`;
/** Reads one character, or the number of it: what questions of a data base by guessing are made of. */
const READS_ONE = String.raw`(?:ascii|ord|hex|bin|conv|unhex|lower|upper|lpad|rpad|left|right|mid|substr|substring|substring_index|unicode|instr|locate|position|length|char_length)`;
const OF_SERVER = String.raw`(?:version|user|database|current_user|session_user|system_user|schema|@@[a-z_]{2,20}|pass(?:word|wd)?|user_?name|table_name|column_name)`;

/** What an injected expression looks like where no statement stands beside it. */
export const SQL_EXPRESSIONS: readonly Rule[] = [
  {
    // The quotation that was open is opened again at the end, with operators behind the first and before the last mark.
    id: 'sql.quotation-reopened',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      '||',
      ...pairs(
        ["'", '"'],
        [
          ...'-+*/%^&|=<>!~',
          ' ',
          ')',
          'or',
          'and',
          'xor',
          'div',
          'mod',
          'like',
          'rlike',
          'regexp',
          'between',
          'is',
        ],
      ),
    ],
    pattern: String.raw`^\d{1,12}${OPEN_GAP}\|\|${OPEN_GAP}\d{1,12}(?:${OPEN_GAP}(?:=|<|>|like|rlike)${OPEN_GAP}\d{1,12})?$|^[^'\n ]{0,16}' ?[-+*/%^&|=<>!]{1,3} ?[^\n'\"]{1,40}(?:#|--) ?$|${VALUE}'[ )]{0,4}${OPERATOR}[^'\n]{0,120}[-+*/%^&|=<>!~( ]'[^' \n]{0,16} ?$|${VALUE}"[ )]{0,4}${OPERATOR}[^"\n]{0,120}[-+*/%^&|=<>!~( ]"[^" \n]{0,16} ?$|^ ?['"] ?(?:or|and|xor|not|div|mod|like|rlike|not rlike|regexp|not regexp|not like|sounds like|between|<=>|!=|<=|>=|<<|>>|<>|\|\||&&|[=<>|&^%*/]) ?['"] ?$`,
    roles,
    catches: [
      '345||1',
      "'&0#",
      "aa' ^ + - 3 or '1",
      'asd" or t.c ^"1',
      "foo'div count(x)-'0",
      "A' != 'B",
      "' NOT REGEXP '",
    ],
    passes: [
      "the girls' - and boys' room",
      "'a' + 'b'",
      "x = 'a' or y = 'b'",
      "rock 'n' roll",
      "it's = isn't",
      "'-d' or '-x'?",
    ],
  },
  {
    id: 'sql.constants-compared',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      'pi()',
      'user()',
      'version()',
      'database()',
      'pi ()',
      '=',
      '<',
      '>',
      'true',
      'false',
      ' null',
      ' 1 or 1',
      ' 0 or',
      ...pairs(['having', 'and', 'or'], [' 1', '(1', ' (1', ' not']),
    ],
    pattern: String.raw`(?:[^a-z_]|^)(?:or|and|xor|having|where|\|\||&&)${OPEN_GAP}(?:not${GAP})?${SUM}${OPEN_GAP}(?:=|<=>|<>|!=|<|>|like|rlike|regexp|is)${OPEN_GAP}${SUM}(?![a-z0-9])[ )]{0,6}(?:${COMMENT}|;|$|\n|${QUOTE}|(?:and|or|xor|union|limit|order|group)(?![a-z]))|^(?:-?\d{1,8}|[^ \n]{0,16}['")]|[a-z_]{1,16}(?= having))[^a-z\n]{0,6}(?:or|and|xor|having)${GAP}(?:true|false|not (?:true|false|null|\d)|(?:\d|true|false) (?:or|and|xor) (?:\d|true|false))[ )]{0,6}(?:${COMMENT}[^\n]{0,12}|;)?$|^[^a-z\n]{0,16}${SUM} {0,2}(?:or|and|\|\||&&) {0,2}[( ]{0,4}${SUM} ?(?:=|<|>|!=|<>|like) ?${SUM}[ )]{0,4}(?:${COMMENT}|$)`,
    roles,
    catches: [
      "dingberry''1' and (3=pi())--",
      'PI() AND COS(PI())=-1',
      'HOPE AND 1+2=3+4',
      'id having (true or 1)',
      "1' and (false)--",
      '~9-(2) OR 1 = ~1',
    ],
    passes: [
      'is it true or false',
      'and 3 = three',
      'if x > 3 and y < 4 then',
      'Set it to on and true.',
      'where a = 1 and b = 2',
    ],
  },
  {
    id: 'sql.guess-by-character',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: pairs(
      [
        'ascii',
        'ord',
        'hex',
        'bin',
        'conv',
        'lower',
        'upper',
        'pad',
        'left',
        'right',
        'mid',
        'substr',
        'substring',
        'unicode',
        'instr',
        'locate',
        'position',
        'length',
      ],
      ['(', ' ('],
    ),
    pattern: String.raw`^[ (]{0,4}(?:-?\d{1,10}|['"a-z0-9_]{0,16}['"]|true|false|null|@[a-z]{1,8}|'[^'\n]{0,16}')[ )]{0,4}(?:[-+*/%^&|=<>]{1,3}|(?:or|and|xor|div|mod|rlike|like|regexp|in)(?![a-z]))[ (]{0,5}(?:[-~!]{0,2}(?:\d{1,10} ?[-+*/] ?)?)?[( ]{0,3}${READS_ONE} ?\( ?(?:${READS_ONE} ?\(|\(|select(?![a-z])|['"\d@]|[a-z_.]{1,24} ?[,)])|^[( ]{0,4}${READS_ONE} ?\( ?(?:${READS_ONE} ?\( ?){0,3}\(?(?:select(?![a-z])|${OF_SERVER}(?:[ ,(]|\)))[^\n]{0,200}$`,
    roles,
    catches: [
      '1 || substr(user,1,1) = 0x61',
      '456 + ASCII(substring(passwd,1,1))-10',
      "foo' + (1 / ASCII(substring(passwd,1,1))-4)--",
      'conv(hex(substr(version() FROM 1 FOR 2)),16,10) >> 0x6',
    ],
    passes: ['=LEFT(A1,3)', 'select upper(name) from a', '3 + left (of the door)', 'length (cm)'],
  },
  {
    // A comment to the end of the line stands for a blank.
    id: 'sql.comment-for-blank',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: ['#', '--', '%23', '%0a'],
    pattern: String.raw`^ ?[-@a-z0-9'").]{1,20} ?(?:[a-z0-9 ]{1,16})?(?:#|--|%23)[^\n]{0,160}(?:\n|%0a){1,3}[ #-]{0,6}(?:(?:and|or|xor|union|having)(?:[ (#\n-]|%20|$)|\(?select(?:[ (#\n]|%20))`,
    roles,
    catches: [
      '1#PTTmJopxdWJ\nAND#cWfcVRPV\n9227=9227',
      '-1#\n union (select id from a)',
      '0 div 1 union#foo\nselect#foo\n1',
    ],
    passes: ['# Title\nselect one', '-- users\nselect name from a', 'x = 1 # set\nprint(x)'],
  },
  {
    // An expression in brackets and the comment that cuts off what the application would have added.
    id: 'sql.brackets-cut-off',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [') --', ')--', ')  --', ')   --', ') #', ')#'],
    pattern: String.raw`^ ?\([^\n]{0,160}[@'"(*=][^\n]{0,160}\) {0,3}(?:--|#)[ -]{0,3}$|^ ?\( ?(?:\d{1,6}|@[a-z]{1,8}) (?:or|and|xor|\*|in) [^\n]{1,80}\) {0,3}(?:--|#)[ -]{0,3}$`,
    roles,
    catches: [' ( COS ( 1 OR @a) )  --', " ( 'a' * @a )  --", '( 1 OR 1 ) --'],
    passes: ['(see the notes) --', '(a) # b'],
  },
  {
    // Blanks that are none, words with a comment in them, brackets where nobody writes them.
    id: 'sql.disguised-statement',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      '%0',
      '%a0',
      '/**/',
      '/*!',
      '%00',
      'ununion',
      'seselect',
      'selselect',
      'uniounion',
      'unionselect',
      'select(',
      '1.e',
      '%09',
    ],
    pattern: String.raw`select(?:%0[9a-d]|%a0|/\*[^*\n]{0,12}\*/){1,4}[^ \n]{1,60}(?:%0[9a-d]|%a0|/\*[^*\n]{0,12}\*/){1,4}from|(?:sel|se|s|sele|selec)(?:/\*[^*\n]{0,12}\*/|%00)(?:ect|lect|elect|ct|t)(?![a-z])|(?:un|uni|unio)(?:/\*[^*\n]{0,12}\*/|%00)(?:ion|on|n)(?![a-z])|un(?:union)ion|unio(?:union)n|se(?:select)lect|sel(?:select)ect|unionselect|select ?\([a-z_*@,]{1,24}\) ?from ?\(|(?:\d\.e ?\([^\n]{0,40}){2}`,
    roles,
    catches: [
      'SEL/**/ECT * FR/**/OM users',
      'SELECT(password)FROM(users)',
      'SELECT%0a*%0aFROM%0ausers',
      '1.e(ascii(1.e(substring(1.e(select',
    ],
    passes: ['select count(a) from b', 'SELECT /* all */ a FROM b', 'select (a) from the list'],
  },
  {
    // A statement behind the quotation mark that ends the value, without what would part it.
    id: 'sql.statement-behind-value',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: pairs(
      ["'", "' ", '"', '" ', "')", "') ", '%27', '%27 ', '%27+', '%27%20'],
      [
        'exec',
        'declare',
        'waitfor',
        'if',
        'create',
        'drop',
        'alter',
        'insert',
        'update',
        'delete',
        'shutdown',
        'begin',
        'bulk',
        'grant',
        'goto',
        'truncate',
        'call',
        'do ',
      ],
    ),
    pattern: String.raw`^[^'"\n]{0,40}(?:['"]|%27)[ )+]{0,4}(?:%20)?(?:exec(?:ute)?${GAP}(?:[a-z_.@]{0,20}(?:xp_|sp_)|master|immediate|@|\()|declare${GAP}@[a-z]{1,12}|waitfor${GAP}(?:delay|time)|if${OPEN_GAP}\(?[^\n]{1,80}(?:waitfor|sleep|select|exec|drop)|create${GAP}(?:user|login|table|procedure|function|database|trigger|role)${GAP}[a-z_]|drop${GAP}(?:table|database|user|schema|view|procedure)${GAP}[a-z_]|alter${GAP}(?:table|user|login|database)${GAP}[a-z_]|insert${GAP}into${GAP}[a-z_.]{1,40}|update${GAP}[a-z_.]{1,40}${GAP}set${GAP}|delete${GAP}from${GAP}[a-z_]|shutdown(?: with| ?--| ?;|$)|begin${GAP}(?:declare|dbms|goto|exec)|bulk${GAP}insert|goto${GAP}[a-z]|grant${GAP}[a-z, ]{1,40} (?:to|on) |truncate${GAP}table|call${GAP}[a-z_.]{1,30}\(|do${GAP}(?:sleep|benchmark)\()`,
    roles,
    catches: [
      "username'DECLARE @find varchar(30) = 'x'",
      "' exec sp_addsrvrolemember 'a' , 'b' --",
      "'create user name identified by 'pass123' --",
      "x' waitfor delay '0:0:5'--",
    ],
    passes: ["Anna's update of the plan", 'The "drop table" example', "the team's insert into the binder"],
  },
];
