export {
  ModelThreads,
  STALL_MS,
  WAITING_MAX,
  type ModelState,
  type ModelThreadsOptions,
  type ThreadEntry,
} from './model-threads.js';
export { type ModelText } from './thread-messages.js';
