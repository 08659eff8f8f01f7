// Programs that some tests need and that npm cannot install. What is missing is named, never silently left out.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const TOOLS = [
  {
    variable: 'CHROMIUM_PATH',
    names: [
      'chromium-headless-shell',
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
    ],
    tests: 'browser tests',
    advice: 'no Chromium found (Debian: apt-get install chromium-headless-shell fonts-noto-cjk)',
  },
  {
    variable: 'PROMTOOL_PATH',
    names: ['promtool'],
    tests: 'checks of the metrics',
    advice: 'no promtool found (Debian: apt-get install prometheus)',
  },
  {
    variable: 'HELM_PATH',
    names: ['helm'],
    tests: 'checks of the Helm chart',
    advice: 'no helm found (.ci/install-linters FOLDER prints what to set)',
  },
  {
    variable: 'KUBERNETES_VALIDATE_PATH',
    names: ['kubernetes-validate'],
    tests: 'checks of the manifests against the schemas of Kubernetes',
    advice: 'no kubernetes-validate found (.ci/install-linters FOLDER prints what to set)',
  },
  {
    variable: 'COMPOSE_PATH',
    names: [],
    tests: 'checks of the compose file',
    advice: 'no docker-compose given (.ci/install-linters FOLDER prints what to set)',
  },
  {
    variable: 'HADOLINT_PATH',
    names: ['hadolint'],
    tests: 'checks of the Dockerfile',
    advice: 'no hadolint found (.ci/install-linters FOLDER prints what to set)',
  },
  {
    variable: 'YAMLLINT_PATH',
    names: ['yamllint'],
    tests: 'checks of the YAML of deploy/',
    advice: 'no yamllint found (.ci/install-linters FOLDER prints what to set)',
  },
  {
    variable: 'PGVECTOR_POSTGRES',
    names: [],
    tests: 'search by vectors with pgvector',
    advice: 'no Postgres with pgvector (as root on Debian: .ci/build-pgvector FOLDER prints what to set)',
  },
  {
    variable: 'CLASSIFIER_ADDON',
    names: [],
    tests: 'models in a folder (classifier, entailment) with a real one',
    advice:
      'no @huggingface/transformers in a folder of its own (.ci/install-classifier FOLDER prints what to set)',
  },
];

/** Paths of the programs found, as environment variables for the tests, and sentences about the others. */
export function findTools(environment = process.env) {
  const found = {};
  const missing = [];
  for (const { variable, names, tests, advice } of TOOLS) {
    const given = environment[variable];
    const path = given ? executable(given) : findOnPath(names, environment.PATH ?? '');
    if (path) found[variable] = path;
    else missing.push(`${tests}: ${given ? `${variable} names no program that can be run` : advice}`);
  }
  return { found, missing };
}

function findOnPath(names, path) {
  for (const name of names) {
    for (const folder of path.split(delimiter)) {
      const file = folder && executable(join(folder, name));
      if (file) return file;
    }
  }
  return undefined;
}

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return undefined;
  }
}
