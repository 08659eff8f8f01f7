export { AccountFrame } from './account-frame.js';
export { KeysPage } from './keys-page.js';
export { ProfilePage } from './profile-page.js';
export { SessionsPage } from './sessions-page.js';
