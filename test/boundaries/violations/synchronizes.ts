// as libs/auth/src/store/violation.db-spec.ts
// rejected by no-restricted-syntax
import { DataSource } from 'typeorm';

export const wrong = new DataSource({ type: 'postgres', synchronize: true });
