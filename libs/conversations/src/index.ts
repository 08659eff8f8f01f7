export {
  Conversations,
  CONTENT_MAX,
  DELETED_KEPT_MS,
  MESSAGES_MAX,
  type ConversationPage,
  type ConversationWithMessages,
} from './conversations.js';
export type { ConversationCode } from './conversations.errors.js';
export { exportConversation, type ConversationExport, type ExportFormat } from './export-conversation.js';
export { ReadRecentAnswers, type RecentAnswer } from './recent-answers.js';
export { TITLE_MAX, titleOf } from './title-of.js';
export type { ConversationView, MessageView, NewMessage, Outcome } from './store/conversation.repository.js';
