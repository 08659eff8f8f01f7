import type { first as english } from '../en/first.js';
import type { Localized } from '../localized.js';
import { account } from './account.js';
import { ask } from './ask.js';
import { common } from './general.js';
import { documents } from './documents.js';
import { frame } from './frame.js';
import { viewer } from './viewer.js';

/** The texts that come with the page itself. */
export const first: Localized<typeof english> = { account, ask, common, documents, frame, viewer };
