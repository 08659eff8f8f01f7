export { cloneDatabase, type ClonedDatabase } from './clone-database.js';
export { startStallProxy, type StallProxy } from './stall-proxy.js';
export { sourceThread } from '../matching/testing/source-thread.js';
