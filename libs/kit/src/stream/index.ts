export { DeadlineFault, within } from './within.js';
