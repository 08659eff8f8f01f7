// What `npm start` and `npm run ask` run on a fresh clone: no dependencies, and only old syntax in this file, so that an
// old Node can still say what is wrong.
import { checkRuntime } from './check-runtime.mjs';

const problem = checkRuntime(process.versions.node, process.platform);
if (problem) {
  console.error(problem);
  process.exitCode = 1;
} else {
  import('./prepare.mjs')
    .then((module) => module.prepare(process.argv[2]))
    .then(() => import('../dist/main.js'))
    .catch((error) => {
      console.error(error && error.sentence ? error.sentence : error);
      process.exitCode = 1;
    });
}
