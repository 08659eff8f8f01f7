import { account } from './en/account.js';
import { admin } from './en/admin.js';
import { ask } from './en/ask.js';
import { audit } from './en/audit.js';
import { common } from './en/general.js';
import { documents } from './en/documents.js';
import { drafts } from './en/drafts.js';
import { frame } from './en/frame.js';
import { scanner } from './en/scanner.js';
import { sources } from './en/sources.js';
import { viewer } from './en/viewer.js';

export const en = { common, frame, ask, documents, drafts, admin, audit, account, viewer, sources, scanner };
