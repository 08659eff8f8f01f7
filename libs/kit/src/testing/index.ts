export { cloneDatabase, type ClonedDatabase } from './clone-database.js';
export { openPeople, type People, type PeopleOptions } from './open-people.js';
export { LOADED_MS } from './loaded-machine.js';
export { startStallProxy, type StallProxy } from './stall-proxy.js';
export { sourceThread } from '../matching/testing/source-thread.js';
