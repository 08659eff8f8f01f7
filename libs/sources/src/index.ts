export { entities } from './store/entities.js';
