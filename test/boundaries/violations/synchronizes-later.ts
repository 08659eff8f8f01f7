// as libs/auth/src/store/violation.db-spec.ts
// rejected by no-restricted-syntax
import type { DataSource } from 'typeorm';

export const wrong = (source: DataSource) => source.synchronize();
