import { CODE } from './code.js';
import { CODE_PROBES } from './code-probes.js';
import { COMMAND } from './command.js';
import { LDAP_NOSQL } from './ldap-nosql.js';
import { PATH_TRAVERSAL } from './path-traversal.js';
import type { Rule } from './rule.js';
import { SQL } from './sql.js';
import { SQL_CALLS } from './sql-calls.js';
import { SQL_EXPRESSIONS } from './sql-expressions.js';
import { SSRF } from './ssrf.js';
import { TAKEOVER } from './takeover.js';
import { TEMPLATE_INJECTION } from './template-injection.js';
import { XSS } from './xss.js';
import { XSS_SCRIPT } from './xss-script.js';
import { XXE } from './xxe.js';

/** What is meant for a machine behind the assistant. Read in questions alone: technical documents are full of it. */
export const WEB_PAYLOADS: readonly Rule[] = [
  ...SQL,
  ...SQL_CALLS,
  ...SQL_EXPRESSIONS,
  ...COMMAND,
  ...CODE,
  ...CODE_PROBES,
  ...TAKEOVER,
  ...PATH_TRAVERSAL,
  ...XSS,
  ...XSS_SCRIPT,
  ...SSRF,
  ...TEMPLATE_INJECTION,
  ...XXE,
  ...LDAP_NOSQL,
];
