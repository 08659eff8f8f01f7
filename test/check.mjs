// `npm run check`: format, lint, types, boundaries, small tests. Needs no database and no build.
import { checkParts } from './support/parts.mjs';
import { runParts } from './support/run-parts.mjs';

await runParts(checkParts);
