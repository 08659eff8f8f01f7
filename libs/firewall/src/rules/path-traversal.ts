import { CERTAIN, type Rule } from './rule.js';

const roles = ['user'] as const;
/**
 * A step up in the forms that servers decode: plain, percent-encoded once or twice, overlong UTF-8, doubled. Dots and
 * separators share no character, so there is one way to read any text.
 */
const DOT = '(?:\\.|%(?:25)?2e|%c0%(?:ae|2e)|%u002e|0x2e)';
const SLASH = '(?:[/\\\\;]|%(?:25)?(?:2f|5c)|%c0%(?:af|2f)|%c1%9c|%u221[56]|0x(?:2f|5c))';
const UP = `(?:${DOT}{2,4}${SLASH}{1,4})`;

export const PATH_TRAVERSAL: readonly Rule[] = [
  {
    id: 'path-traversal.encoded',
    category: 'path-traversal',
    points: CERTAIN,
    literals: [
      '%2e',
      '%252e',
      '%2f',
      '%5c',
      '%c0%',
      '%c1%',
      '%u002e',
      '%u2215',
      '%u2216',
      '%252f',
      '%255c',
      '..;/',
      '0x2e',
    ],
    pattern: `(?:%(?:25)?2e|%c0%(?:ae|2e)|%u002e|0x2e){2}|\\.\\.(?:%(?:25)?(?:2f|5c)|%c0%(?:af|2f)|%c1%9c|%u(?:2215|2216)|;/)`,
    roles,
    catches: ['..%2f..%2fetc/passwd', '%2e%2e/%2e%2e/', '..;/manager/html', '%252e%252e%252f'],
    passes: ['A discount of 2%2 off', 'file%20name.txt'],
  },
  {
    id: 'path-traversal.deep',
    category: 'path-traversal',
    points: CERTAIN,
    literals: [
      '../..',
      '..\\..',
      '....//',
      '..//..',
      '..\\\\..',
      '../\\',
      './././',
      './/./',
      '.\\.\\',
      './/../',
      '..././',
    ],
    pattern: `${UP}{3,40}|(?:${DOT}{1,4}${SLASH}{1,4}){6,60}`,
    roles,
    catches: ['../../../etc', '....//....//....//x', '..\\..\\..\\boot.ini'],
    passes: ["import x from '../../lib'", 'cd ../..'],
  },
  {
    id: 'path-traversal.up-to-system-file',
    category: 'path-traversal',
    points: CERTAIN,
    literals: ['../', '..\\'],
    pattern: `${UP}{1,40}(?:etc|proc|root|windows|winnt|boot\\.ini|win\\.ini|web-inf|\\.ssh|\\.env|\\.git|var/log|usr|system32|config|wp-config)(?![a-z])`,
    roles,
    catches: ['../etc/passwd', '..\\windows\\win.ini', '../.env'],
    passes: ['../docs/etcetera'],
  },
  {
    id: 'path-traversal.system-file',
    category: 'path-traversal',
    points: CERTAIN,
    literals: [
      '/etc/',
      '/proc/',
      'win.ini',
      'boot.ini',
      'system32',
      '/var/log',
      '.ssh/',
      'web-inf',
      '\\windows\\',
      '\\winnt\\',
      '/root/',
      '.htpasswd',
      '.htaccess',
      '/.git/',
      '.bash_history',
    ],
    pattern:
      '/etc/(?:passwd|shadow|group|hosts|issue|sudoers|crontab|security|master\\.passwd|ssh/|mysql/|httpd/|apache2?/|nginx/|php|fstab|motd|my\\.cnf|redhat-release|inetd|network|resolv\\.conf|vsftpd|pure-ftpd|proftpd)|/proc/(?:self|version|cpuinfo|net|mounts|sched|\\d{1,7})(?:/|$|[^a-z])|(?:[a-z]:)?[\\\\/]{1,2}(?:windows|winnt)[\\\\/]{1,2}(?:win\\.ini|system32|repair|system\\.ini|panther|debug|php\\.ini|my\\.ini)|boot\\.ini|/var/log/(?:apache|httpd|nginx|auth|mail|vsftpd|proftpd|messages|syslog|secure|access|error|mysql|lastlog|ftp)|\\.ssh/(?:id_|authorized|known)|web-inf[\\\\/]|/root/\\.|\\.ht(?:passwd|access)|/\\.git/(?:config|head|index|logs)|\\.bash_history',
    roles,
    catches: ['/etc/passwd', 'C:\\Windows\\win.ini', '/proc/self/environ'],
    passes: ['/etc/nomad', 'the process is described in section 4'],
  },
  {
    id: 'path-traversal.server-file',
    category: 'path-traversal',
    points: CERTAIN,
    literals: [
      '.conf',
      '.ini',
      '.cnf',
      '.log',
      '_log',
      'logs/',
      'logs\\',
      'passwd',
      'web.config',
      'ftpd',
      'lastlog',
      '/adm/',
      'repair',
    ],
    pattern:
      '(?:^|[ "\'`=(:,])(?:[a-z]:)?[\\\\/]{1,2}(?:usr|var|opt|home|root|etc|apache2?|xampp|windows|winnt|program files|php\\d?|mysql|logs?|inetpub|volumes|library|private|web|wamp|lampp|nginx)(?:[\\\\/]{1,2}[a-z0-9_. ~()-]{1,40}){0,10}[\\\\/]{1,2}[a-z0-9_.-]{0,40}(?:\\.conf|\\.ini|\\.cnf|[._]log|passwd|web\\.config|ftpd[a-z.]{0,10}|lastlog|messages|repair[\\\\/][a-z]{1,12})(?![a-z])',
    roles,
    catches: ['/usr/local/php/lib/php.ini', 'C:/xampp/apache/conf/httpd.conf', '\\apache\\logs\\access_log'],
    passes: ['Set it in app.conf', 'https://example.com/logs'],
  },
  {
    id: 'path-traversal.scheme',
    category: 'path-traversal',
    points: CERTAIN,
    literals: ['file://', 'php://', 'expect://', 'zip://', 'phar://', 'gopher://', 'dict://'],
    pattern:
      '(?:file:/{2,3}(?:[a-z]:|etc|proc|var|root|home|windows|\\.\\.|localhost)|php://(?:filter|input|output|stdin|memory)|(?:expect|phar|gopher|dict)://[a-z0-9.:/]{1,80})',
    roles,
    catches: [
      'php://filter/convert.base64-encode/resource=index',
      'file:///etc/hosts',
      'gopher://127.0.0.1:25/',
    ],
    passes: ['https://files.example.com/etc'],
  },
];
