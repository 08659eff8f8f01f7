// A worker's part of the vectors until it is killed; forked by specs: embed-until-killed.ts APP_URL MODEL_URL
import { systemClock } from '@lorekeep/kit/clock';
import { connectDatabase } from '@lorekeep/kit/database';
import { VectorKeeper } from '../../index.js';
import { entities } from '../../store/entities.js';
import { settingsOf } from './vector-world.js';

const [url = '', modelUrl = ''] = process.argv.slice(2);
const database = await connectDatabase({
  url,
  entities,
  poolSize: 3,
  statementTimeout: 60_000,
  applicationName: 'embed-until-killed',
});
const settings = settingsOf({
  RETRIEVAL_EMBEDDING_URL: modelUrl,
  RETRIEVAL_EMBEDDING_MODEL: 'words',
  RETRIEVAL_EMBEDDING_BATCH: '8',
});
const ignore = (): void => undefined;
new VectorKeeper(database, settings, systemClock, { stepped: ignore, away: ignore, failed: ignore }).start();
process.send?.('begun');
