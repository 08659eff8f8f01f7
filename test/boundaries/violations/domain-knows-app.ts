// as libs/audit/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import { createApp } from '../../../apps/gateway/src/create-app.js';

export const wrong = createApp;
