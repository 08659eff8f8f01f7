import type { en } from './en.js';
import type { Localized } from './localized.js';
import { account } from './zh/account.js';
import { admin } from './zh/admin.js';
import { ask } from './zh/ask.js';
import { audit } from './zh/audit.js';
import { common } from './zh/general.js';
import { documents } from './zh/documents.js';
import { drafts } from './zh/drafts.js';
import { frame } from './zh/frame.js';
import { scanner } from './zh/scanner.js';
import { sources } from './zh/sources.js';
import { viewer } from './zh/viewer.js';

export const zh: Localized<typeof en> = {
  common,
  frame,
  ask,
  documents,
  drafts,
  admin,
  audit,
  account,
  viewer,
  sources,
  scanner,
};
