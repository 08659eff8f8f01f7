// as libs/document-path/src/violation.ts
// rejected by @nx/enforce-module-boundaries
import type { DataSource } from 'typeorm';

export type Wrong = DataSource;
