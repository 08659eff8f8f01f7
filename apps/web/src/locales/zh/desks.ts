import type { desks as english } from '../en/desks.js';
import type { Localized } from '../localized.js';
import { admin } from './admin.js';
import { audit } from './audit.js';
import { drafts } from './drafts.js';
import { firewall } from './firewall.js';
import { models } from './models.js';
import { options } from './options.js';
import { scanner } from './scanner.js';
import { sources } from './sources.js';

/** The texts of the desks, which come with the first of them that is opened. */
export const desks: Localized<typeof english> = {
  admin,
  audit,
  drafts,
  firewall,
  models,
  options,
  scanner,
  sources,
};
