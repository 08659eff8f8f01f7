/** What goes into statements and rows; without the database itself, so that threads may load it. */
export { isUuid } from './is-uuid.js';
export { likeLiteral, likePattern } from './like-pattern.js';
export { MARKS_MAX, storableJson, storableMarks, storableText } from './storable-text.js';
export { sourceIds } from './source-ids.js';
export { LIST_LIMIT_MAX, readListRequest, type ListPosition, type ListRequest } from './list-request.js';
export { fillPage } from './fill-page.js';
export { stillFound, type ShownTexts } from './still-found.js';
