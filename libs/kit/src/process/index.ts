export { groupMembers } from './group-members.js';
export { processIdentity } from './process-identity.js';
