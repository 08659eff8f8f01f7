export {
  Drafts,
  CONTENT_MAX,
  CUSTOMER_MESSAGE_MAX,
  TONES,
  WRITING_MAX_MS,
  type DraftListRequest,
  type DraftPage,
  type Tone,
} from './drafts.js';
export type { DraftCode } from './drafts.errors.js';
export type { DraftState, DraftView, Written } from './store/draft.repository.js';
