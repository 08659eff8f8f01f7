import { pairs } from './pairs.js';
import type { Rule } from './rule.js';
import { COMMENT, COMPARES, GAP, JOINS, OPEN_GAP, QUOTE } from './sql-words.js';

const roles = ['user'] as const;
const NUMBER = String.raw`(?:${QUOTE}?-?(?:\d{1,12}|0x[0-9a-f]{1,12})(?:\.\d{1,5})?${QUOTE}?)`;
const STRING = String.raw`(?:n?${QUOTE}[a-z0-9_%. ]{0,16}${QUOTE})`;
const OPEN_STRING = String.raw`(?:n?${QUOTE}[a-z0-9_%. ]{0,16}${QUOTE}?)`;
/** A value that a form would have held, without a quotation mark before the one that ends it. */
const VALUE = String.raw`[^'"\x60\u2018\u2019\u2032\n]{0,40}`;
const ENDED = String.raw`^${VALUE}${QUOTE}{1,2}[ )]{0,8}`;

const STATEMENTS =
  'drop delete insert update exec shutdown truncate alter declare create waitfor select copy set call begin if grant load handler prepare attach do revoke use with'.split(
    ' ',
  );

/** What ends a value and goes on as SQL. */
export const SQL: readonly Rule[] = [
  {
    // Two literals compared with each other: no query that somebody wrote for work does that.
    id: 'sql.tautology',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      '=',
      '<',
      '>',
      '%3d',
      ...pairs(
        ['like', 'regexp', 'glob', 'between', ' is', ' in'],
        [" '", ' "', "'", '"', ' 1', ' 0', ' 2', '(1', '/*'],
      ),
    ],
    pattern: String.raw`(?:[^a-z_]|^)${JOINS}${OPEN_GAP}(?:not${GAP})?(?:${NUMBER}${OPEN_GAP}${COMPARES}${OPEN_GAP}${NUMBER}(?![a-z0-9])|${STRING}${OPEN_GAP}${COMPARES}${OPEN_GAP}(?:${OPEN_STRING}|[a-z0-9]{1,8}$)|([a-z]{1,10})${OPEN_GAP}(?:=|like)${OPEN_GAP}\1(?![a-z0-9_.(]))`,
    roles,
    catches: ["' or 1=1 --", "admin' or 'x'='x", ') or 7=7', '1 and 1=2', "'||'1'='1", "a' or ''='"],
    passes: [
      'Compare plan a or plan b = ?',
      'x and y = z',
      'where a = 1 and b = 2',
      'Is it for 2 or 3 = five?',
    ],
  },
  {
    id: 'sql.value-ended',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: ["'", '"', '%27', '%22', '`', '′', 'or ', 'and ', '||'],
    pattern: String.raw`${ENDED}(?:;|\)|%29){0,3}${OPEN_GAP}(?:or|and|xor|having|where|\|\||&&|%7c%7c|union|group by|order by|limit|procedure|in|like|rlike|between|collate|div|is|%26%26)(?:${GAP}|(?=[-'"(@!~]))(?:not${GAP})?(?:[a-z0-9_.@"'\x60(%!~-]{0,40}${OPEN_GAP}(?:=|<|>|like|rlike|regexp|glob|between|is (?:not )?null|in ?\(|%3d)|(?:all |distinct )?(?:select|exists|sleep|pg_sleep|benchmark|substring|ascii|length|updatexml|extractvalue|load_file|if|case|char|user|json|array|cast|convert|row|analyse|@@|waitfor) ?[( @]|[a-z_,. ]{1,30} having|[\d,]{1,60} {0,2}(?:${COMMENT}|$)|['"\d]{1,6} {0,2}(?:${COMMENT}|$)|true|false|[\d.]{1,6}$|[a-z]{1,12} {0,2}${COMMENT}|['"\x60][a-z0-9]{0,12}['"]?$|['"]{2} ?[-+*&^|'"])|${ENDED}(?:[; ]{0,3}\( ?select|;[; ]{0,3}(?:desc [a-z]|grant [a-z]|exec |begin |declare ))|^ ?[)'"]{0,4} ?(?:or|and|\|\|) (?:true|false|1|exists|\(exists\)|[a-z_]{1,20} like )(?: |-|#|;|'|$)`,
    lead: VALUE,
    roles,
    catches: [
      "x' and 1 > 0",
      "') or userid like 'a",
      "' union all select 1",
      "' group by a having 1=1",
      "' OR '1",
      "' or true--",
      '" or ""-"',
    ],
    passes: [
      "It's fine or not?",
      "The word 'or' is used",
      'x == "a" and y == "b"',
      'Rename "a" or "b" if it exists',
    ],
  },
  {
    id: 'sql.value-ended-by-comment',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: ['--', '#', '/*', '%23', ';%00', '%2d%2d'],
    pattern: String.raw`${ENDED}[; ]{0,3}${COMMENT}[ +a-z0-9*/-]{0,8}(?:$|\n|${QUOTE})|^ ?(?:\d{1,6}|[a-z]{1,12})?['"]?[ )]{0,4}(?:order by|group by|limit|offset|having|or|and)${GAP}[^\n]{1,60}(?:--|#|%23|/\*)[ +-]{0,3}$|^ ?\d{1,6}[ )]{0,4}(?:--|/\*[^\n]{0,10}\*/|#|;--)[ +-]{0,2}$|^--[ -]{0,3}$`,
    lead: VALUE,
    roles,
    catches: ["admin'--", "admin') #", ' order by 17-- ', ' OR x=y-- ', '1/*'.concat("'*/")],
    passes: ["Use the 'draft' -- and then publish", 'see issue #17', '# Heading', '-- note'],
  },
  {
    id: 'sql.goes-on',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      'and ',
      '+and+',
      '+or+',
      'and+',
      "'<",
      "'>",
      'order by',
      'group by',
      'having',
      'or ',
      'and ',
      'union',
      '||',
      "'=",
      "'+",
      "'-",
      "'*",
      "'|",
      "'&",
      "'^",
      "'%",
      '"=',
      '"+',
      '"-',
      '"*',
      '"|',
      '"&',
      '"^',
      'order/**/',
      '%20',
    ],
    pattern: String.raw`^-?\d{1,8}['")]{0,3}(?:[ +]|%20|/\*[^*]{0,10}\*/){1,3}(?:and|or|xor)${GAP}(?:not${GAP})?(?:(?:ascii|ord|hex|md5|length|len|substr|substring|mid|lower|upper|user|version|database|exists|if|round|concat|char|cast|convert|count|isnull|ifnull|nullif|bin) ?\(|\(?select(?![a-z])|\d{1,8} ?(?:[<>=]|sounds))|^ ?(?:and|or) \( ?select|^[^'" \n]{0,20}['"](?:<=>|=|<|>|\^|\*|-|\+)\d[^\n]{0,12}(?:#|--)|^[ +]?(?:\d{1,6})?[ )+]{0,4}(?:order|group)${GAP}by${GAP}\d{1,6}(?:,[^\n]{0,200})? ?(?:${COMMENT}[ -]{0,2}|;)?$|^ ?[)]{0,4} ?(?:or|and|having|where|xor)${GAP}[a-z_]{1,12} ?(?:=|<|>) ?[a-z_0-9]{1,12} ?(?:${COMMENT}[ -]{0,2})?$|^[^'" \n]{0,20}(['"])[ )]{0,3}(?:\|\||[-+*^&=<>%]|%7c%7c|%2b)(?:[ (]{0,3}(?:\1|\|\|)|[^'"\n]{1,40}\1$|\1[^\n]{0,40}\1$)|^ ?\|\| ?['"]|^[^'"\n]{0,12}(['"]) ?\|\|[^\n]{1,80}\|\| ?\2`,
    roles,
    catches: [' ORDER BY 5 ', ' OR x=y', "1'||'asd'||'", "'='", "'-'", "' || a.b('c') || '"],
    passes: ['Order by 5 pm today', "'a' + 'b'", 'and then?', 'or else = bad luck'],
  },
  {
    id: 'sql.union-select',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: ['union', 'uni/**/on', 'un/**/ion'],
    pattern: String.raw`^(?!select|with)[^ \n]{1,30} {0,2}union${GAP}(?:(?:all|distinct)${GAP})?select(?:${GAP}|[*(])|(?:^[^a-z\n]{0,30}(?:[a-z0-9]{1,12}['")]{1,3}[^a-z\n]{0,8})?(?:union|uni/\*\*/on|un/\*\*/ion)${GAP}|[^a-z]union(?:/\*|\+|%[0-9a-f]|\(|\n))(?:(?:all|distinct|distinctrow)(?:${GAP}|/\*!))?\(?(?:\*/|\d{5})? ?(?:sel/\*\*/ect|se/\*\*/lect|select)|(?:^|[^a-z])union${GAP}(?:(?:all|distinct)${GAP})?\(?select(?:${GAP}|[/*+(@'"\d!~.-]{0,3})(?:null|-?\d|@@|0x|['"@]|(?:char|concat|group_concat|version|user|database|load_file|current_user|username|user_?name|password|table_name|column_name|unhex|hex|benchmark|sleep|schema_name)(?![a-z]))`,
    roles,
    catches: ['1 union select null,null', 'union/**/all/**/select 1', "' UNION SELECT @@version"],
    passes: ['Which union will select the delegates?', 'SELECT name FROM a UNION SELECT name FROM b'],
  },
  {
    id: 'sql.stacked',
    category: 'sql',
    kind: 'artifact',
    severity: 'critical',
    literals: [
      ...pairs([';', '; ', ';%20', ';+', '%3b', '%3b%20', '%3b+', ';/**/', ';\n', ')', '('], STATEMENTS),
      ...pairs(['exec ', 'execute '], ['master', 'xp_', 'sp_', 'immediate']),
      'xp_',
      'if(',
      'if (',
      'if 1',
    ],
    pattern: String.raw`(?:${QUOTE}|\)|\d|%27) {0,3}(?:;|%3b)${OPEN_GAP}(?:drop${GAP}(?:table|database|user|schema|function|view|procedure)|delete${GAP}from|insert${GAP}into|update${GAP}[a-z_.]{1,40}${GAP}set|exec(?:ute)?(?:${GAP}|\()|shutdown(?: |;|-|$)|truncate${GAP}table|alter${GAP}(?:table|user|login|database)|declare${GAP}[@a-z]|create${GAP}(?:user|login|table|function|or|extension|procedure)|waitfor${GAP}delay|select${GAP}[^\n]{1,80}(?:from|--|;|\(|$)|copy${GAP}[a-z_(]{1,30}|set${GAP}@|call${GAP}[a-z_.]{1,30}\(|begin${GAP}(?:declare|dbms)|if ?\( ?\(?(?:select|ascii|length|substr|mid|ord|database|user|version|exists|@|['\"]|\d{1,6} ?[=<>])|grant${GAP}|revoke${GAP}|use${GAP}[a-z_]{1,24} ?;|with${GAP}recursive|load${GAP}data|handler${GAP}[a-z]|prepare${GAP}[a-z]|attach${GAP}database|do${GAP}sleep)|^ ?[;)]{1,4} ?(?:drop|delete|insert|exec|shutdown|truncate|waitfor|select|declare|update|create)${GAP}[a-z*@'"\d]|(?:^|;) ?(?:exec|execute)${GAP}(?:master|xp_|sp_|immediate|[a-z_.]{0,30}xp_)|; ?(?:drop|truncate|delete|shutdown)[^\n;]{0,60};? {0,2}--|(?:^|[^a-z])if${OPEN_GAP}\d{1,6}${OPEN_GAP}=${OPEN_GAP}\d{1,6}${OPEN_GAP}(?:waitfor|select|drop|then)`,
    roles,
    catches: [
      "'; DROP TABLE users; --",
      '1; exec master..xp_cmdshell',
      '1;select pg_sleep(5)',
      'IF(1=1) SELECT 1 ELSE DROP FUNCTION a--',
    ],
    passes: [
      'Stop; delete the file.',
      'First drop by; then update me.',
      'use db; select 1',
      'const i = req.indexOf(a, 3); if (i >= 0) go();',
    ],
  },
];
