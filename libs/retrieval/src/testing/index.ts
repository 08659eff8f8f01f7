export { Fixture } from './fixture.js';
export { withDatabase } from './with-database.js';
export { sourceSearch } from './source-search.js';
