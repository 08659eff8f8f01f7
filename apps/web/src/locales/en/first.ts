import { account } from './account.js';
import { ask } from './ask.js';
import { common } from './general.js';
import { documents } from './documents.js';
import { frame } from './frame.js';
import { viewer } from './viewer.js';

/** The texts that come with the page itself. */
export const first = { account, ask, common, documents, frame, viewer };
