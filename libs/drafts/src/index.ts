export {
  Drafts,
  CONTENT_MAX,
  CUSTOMER_MESSAGE_MAX,
  TONES,
  WRITING_MAX_MS,
  type DraftPage,
  type Tone,
} from './drafts.js';
export { DRAFT_CODES, type DraftCode } from './drafts.errors.js';
export { LIST_LIMIT_MAX, type ListRequest } from './read-list-request.js';
export { entities } from './store/entities.js';
export type { DraftState, DraftView, Written } from './store/draft.repository.js';
