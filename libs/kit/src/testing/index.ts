export { cloneDatabase, type ClonedDatabase } from './clone-database.js';
export { startStallProxy, type StallProxy } from './stall-proxy.js';
