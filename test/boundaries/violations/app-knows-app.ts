// as apps/cli/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { createApp } from '../../gateway/src/create-app.js';

export const wrong = createApp;
