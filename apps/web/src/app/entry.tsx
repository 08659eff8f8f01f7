export { ChangePassword } from './change-password.js';
export { SessionEnded } from './session-ended.js';
export { SignInPage } from './sign-in-page.js';
