import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { engineConfigSchema } from '@lorekeep/engine';
import { inferenceConfigSchema, modelServerUrls } from '@lorekeep/inference';
import { loadConfig } from '@lorekeep/kit/config';
import { parse, parseAllDocuments } from 'yaml';
import { findTools } from '../support/find-tools.mjs';

const CHART = 'deploy/helm/lorekeep';
const { HELM_PATH, KUBERNETES_VALIDATE_PATH } = findTools().found;
const withHelm = HELM_PATH ? describe : describe.skip;
/** Of the clusters that the chart is for. */
const KUBERNETES = '1.33.0';
const KINDS = ['default', 'gpu', 'keda'] as const;
type Kind = (typeof KINDS)[number];

interface Variable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: { name: string; key: string } };
}
interface Container {
  name: string;
  image: string;
  env?: Variable[];
  securityContext: unknown;
  resources: { requests: Record<string, unknown>; limits: Record<string, unknown> };
  startupProbe?: { periodSeconds: number; failureThreshold: number; exec?: { command: string[] } };
  livenessProbe?: { exec?: { command: string[] }; httpGet?: { path: string } };
  readinessProbe?: { exec?: { command: string[] }; httpGet?: { path: string } };
  volumeMounts: { name: string; mountPath: string; readOnly?: boolean }[];
}
interface PodSpec {
  automountServiceAccountToken: boolean;
  securityContext: unknown;
  containers: Container[];
  terminationGracePeriodSeconds?: number;
  tolerations?: unknown[];
  nodeSelector?: Record<string, string>;
}
interface Manifest {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: Record<string, unknown> & { replicas?: number; template?: { spec: PodSpec } };
}

const helm = (...args: string[]) => spawnSync(HELM_PATH ?? '', args, { encoding: 'utf8' });
const valuesOf = (kind: Kind): string[] =>
  kind === 'default' ? [] : ['-f', `${CHART}/ci/${kind}-values.yaml`];
const template = (...args: string[]) =>
  helm('template', 'main', CHART, '--namespace', 'kb', '--kube-version', KUBERNETES, ...args);

withHelm('the Helm chart', () => {
  const texts = new Map<Kind, string>();
  beforeAll(() => {
    for (const kind of KINDS) {
      const { status, stdout, stderr } = template(...valuesOf(kind));
      if (status !== 0) throw new Error(stderr);
      texts.set(kind, stdout);
    }
  });
  const manifests = (kind: Kind): Manifest[] =>
    parseAllDocuments(texts.get(kind) ?? '')
      .map((document) => document.toJS() as Manifest | null)
      .filter((manifest) => manifest !== null);
  const find = (kind: Kind, what: string, name: string): Manifest => {
    const found = manifests(kind).find((each) => each.kind === what && each.metadata.name === name);
    if (!found) throw new Error(`no ${what} ${name}`);
    return found;
  };
  const podsOf = (kind: Kind): [string, PodSpec][] =>
    manifests(kind).flatMap(({ metadata, spec }) =>
      spec?.template ? [[metadata.name, spec.template.spec]] : [],
    );
  const containerOf = (kind: Kind, what: string, name: string): Container =>
    find(kind, what, name).spec.template?.spec.containers[0] as Container;
  const settingsOf = ({ env = [] }: Container): Record<string, string> =>
    Object.fromEntries(env.map(({ name, value }) => [name, value ?? 'x'.repeat(32)]));

  it.each(KINDS)('passes helm lint (%s)', (kind) => {
    const { status, stdout } = helm(
      'lint',
      '--strict',
      '--kube-version',
      KUBERNETES,
      CHART,
      ...valuesOf(kind),
    );
    expect([status, status === 0 ? '' : stdout]).toEqual([0, '']);
  });

  (KUBERNETES_VALIDATE_PATH ? it : it.skip).each(KINDS)('is what Kubernetes understands (%s)', (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'chart-'));
    const file = join(folder, 'all.yaml');
    writeFileSync(file, texts.get(kind) ?? '');
    const { status, stdout, stderr } = spawnSync(KUBERNETES_VALIDATE_PATH ?? '', ['--strict', file], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    const said = `${stdout}${stderr}`.split('\n').filter((line) => line !== '' && !line.startsWith('INFO'));
    // The kinds of operators are in no schema of Kubernetes.
    const unknown = /Couldn't find schema for kind (ScaledObject|ServiceMonitor|PrometheusRule) /;
    expect([status, said.filter((line) => !unknown.test(line))]).toEqual([0, []]);
  });

  it.each(KINDS)(
    'has no root, no privilege, no token, and nothing to write on but what is mounted (%s)',
    (kind) => {
      expect(podsOf(kind).length).toBeGreaterThanOrEqual(3);
      for (const [name, pod] of podsOf(kind)) {
        expect([name, pod.automountServiceAccountToken]).toEqual([name, false]);
        expect(pod.securityContext).toMatchObject({
          runAsNonRoot: true,
          runAsUser: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        });
        for (const container of pod.containers) {
          expect(container.securityContext).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          });
          expect(container.image).toMatch(/^[^:@]+:\d+\.\d+\.\d+$/);
          expect(container.resources.requests).toHaveProperty('memory');
          expect(container.resources.limits).toHaveProperty('memory');
        }
      }
      expect(texts.get(kind)).not.toMatch(/hostPath|hostNetwork|hostPID|hostIPC|privileged: true/);
    },
  );

  it.each(KINDS)('holds no secret (%s)', (kind) => {
    expect(manifests(kind).filter((each) => each.kind === 'Secret')).toEqual([]);
    const secret = /PASSWORD|SECRET|(?<!TIK)TOKEN|DATABASE_URL|API_KEY|ENGINE_KEY/;
    const all = podsOf(kind).flatMap(([, { containers }]) => containers.flatMap(({ env = [] }) => env));
    const secrets = all.filter(({ name }) => secret.test(name));
    expect(secrets.length).toBeGreaterThanOrEqual(4);
    for (const { name, value, valueFrom } of secrets)
      expect([name, value, valueFrom?.secretKeyRef?.name]).toEqual([name, undefined, expect.any(String)]);
    // The schema's owner is the migration's, and the command line's while somebody works with it.
    const owners = podsOf(kind).filter(([, { containers }]) =>
      containers.some(({ env }) => env?.some(({ name }) => name === 'MIGRATIONS_DATABASE_URL')),
    );
    expect(owners.map(([name]) => name).sort()).toEqual(['main-lorekeep-command', 'main-lorekeep-migrate']);
    expect(find(kind, 'Deployment', 'main-lorekeep-command').spec.replicas).toBe(0);
    expect(find(kind, 'Job', 'main-lorekeep-migrate').metadata.annotations?.['helm.sh/hook']).toBe(
      'pre-install,pre-upgrade',
    );
  });

  it.each(KINDS)('has probes wherever something answers (%s)', (kind) => {
    for (const [name, { containers }] of podsOf(kind)) {
      // A migration and a fetch of weights end, the command line waits for its user; a worker listens nowhere and ends by itself when it cannot work.
      if (/-(migrate|weights|command|worker)$/.test(name)) continue;
      for (const { startupProbe, livenessProbe, readinessProbe } of containers)
        expect([name, startupProbe, livenessProbe, readinessProbe].every(Boolean)).toBe(true);
    }
    const gateway = containerOf(kind, 'Deployment', 'main-lorekeep-gateway');
    expect(gateway.livenessProbe?.httpGet?.path).toBe('/healthz');
    expect(gateway.readinessProbe?.httpGet?.path).toBe('/readyz');
  });

  it('lets a model load for half an hour, and never ends one for not being ready', () => {
    const { startupProbe, livenessProbe, readinessProbe } = containerOf(
      'gpu',
      'StatefulSet',
      'main-lorekeep-engine',
    );
    expect((startupProbe?.periodSeconds ?? 0) * (startupProbe?.failureThreshold ?? 0)).toBe(1800);
    expect(startupProbe?.exec?.command.at(-1)).toBe('ready');
    expect(readinessProbe?.exec?.command.at(-1)).toBe('ready');
    expect(livenessProbe?.exec?.command.at(-1)).toBe('live');
  });

  it('gives the engine its cards, its memory and the settings of the reference host', () => {
    const engine = containerOf('gpu', 'StatefulSet', 'main-lorekeep-engine');
    expect(engine.resources.limits['nvidia.com/gpu']).toBe(2);
    expect(settingsOf(engine)).toMatchObject({ NCCL_P2P_DISABLE: '1', ENGINE_REPLICAS: '0' });
    expect(settingsOf(engine)).toMatchObject({ ENGINE_REQUIRE_SUMS: 'true' });
    expect(settingsOf(engine)).toMatchObject({ TIKTOKEN_ENCODINGS_BASE: '/models/tiktoken' });
    const mounts = engine.volumeMounts.map(({ mountPath, readOnly }) => [mountPath, readOnly ?? false]);
    expect(mounts).toEqual(
      expect.arrayContaining([
        ['/models', true],
        ['/dev/shm', false],
        ['/data', false],
      ]),
    );
    const pod = find('gpu', 'StatefulSet', 'main-lorekeep-engine').spec.template?.spec;
    expect(pod?.nodeSelector).toHaveProperty(['nvidia.com/gpu.product']);
    expect(pod?.tolerations).toHaveLength(1);
    expect(pod?.terminationGracePeriodSeconds).toBeGreaterThan(30);
  });

  it.each(['gpu', 'keda'] as const)('sets what gateway and engine host accept (%s)', (kind) => {
    const engine = settingsOf(containerOf(kind, 'StatefulSet', 'main-lorekeep-engine'));
    const gateway = settingsOf(containerOf(kind, 'Deployment', 'main-lorekeep-gateway'));
    const known = { ...engineConfigSchema, ...inferenceConfigSchema };
    for (const name of Object.keys({ ...engine, ...gateway }))
      if (/^(ENGINE|INFERENCE)_/.test(name)) expect(known).toHaveProperty(name);
    expect(loadConfig(engineConfigSchema, engine).ENGINE_LISTEN).toBe('0.0.0.0:8090');
    const urls = modelServerUrls(loadConfig(inferenceConfigSchema, gateway));
    expect(urls).toHaveLength(kind === 'keda' ? 4 : 1);
    expect(urls[0]).toBe('https://main-lorekeep-engine-0.main-lorekeep-engine.kb.svc:8090');
    expect(gateway.INFERENCE_SEQUENCES).toBe(engine.ENGINE_SEQUENCES);
    expect(gateway.INFERENCE_MODELS).toBe(engine.ENGINE_MODEL_IDS);
  });

  it('lets the engine be reached by the gateway alone, and by Prometheus where it is asked for', () => {
    const deny = find('gpu', 'NetworkPolicy', 'main-lorekeep-deny').spec;
    expect(deny).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
    expect([deny.ingress, deny.egress]).toEqual([undefined, undefined]);
    const engine = find('gpu', 'NetworkPolicy', 'main-lorekeep-engine').spec;
    const gateway = { 'app.kubernetes.io/component': 'gateway', 'app.kubernetes.io/instance': 'main' };
    expect(engine.ingress).toEqual([
      {
        from: [{ podSelector: { matchLabels: { ...gateway, 'app.kubernetes.io/name': 'lorekeep' } } }],
        ports: [{ protocol: 'TCP', port: 8090 }],
      },
    ]);
    expect(engine.egress).toBeUndefined();
    const watched = find('keda', 'NetworkPolicy', 'main-lorekeep-engine').spec.ingress as {
      from: unknown[];
    }[];
    expect(watched[0]?.from).toHaveLength(2);
    const ports = (
      find('gpu', 'NetworkPolicy', 'main-lorekeep-worker').spec.egress as { ports: { port: number }[] }[]
    )
      .flatMap((rule) => rule.ports)
      .map(({ port }) => port);
    expect(ports).toEqual([53, 53, 5432]);
  });

  it('adds hosts while questions wait, by the label that vLLM has', () => {
    const scaled = find('keda', 'ScaledObject', 'main-lorekeep-engine').spec;
    expect(scaled.scaleTargetRef).toMatchObject({ kind: 'StatefulSet', name: 'main-lorekeep-engine' });
    const [trigger] = scaled.triggers as { metadata: { query: string } }[];
    expect(trigger?.metadata.query).toContain('model_name=~"gpt-oss-20b|llama-3.1-8b"');
    expect(trigger?.metadata.query).toContain('lorekeep_queue_waiting{namespace="kb"}');
    expect(find('keda', 'StatefulSet', 'main-lorekeep-engine').spec.replicas).toBeUndefined();
    expect(find('gpu', 'StatefulSet', 'main-lorekeep-engine').spec.replicas).toBe(1);
    // Who scales says how many, in the gateway's case too.
    expect(find('gpu', 'Deployment', 'main-lorekeep-gateway').spec.replicas).toBeUndefined();
    expect(find('keda', 'Deployment', 'main-lorekeep-gateway').spec.replicas).toBe(2);
  });

  it('brings the alerts word for word', () => {
    const rules = manifests('keda').filter(({ kind }) => kind === 'PrometheusRule');
    const file = (name: string): unknown =>
      parse(readFileSync(`deploy/observability/rules/${name}.yaml`, 'utf8'));
    expect(rules.map(({ spec }) => spec)).toEqual([file('engine'), file('gateway')]);
  });

  it.each([
    ['a tag that moves', 'image.tag=latest'],
    ['a secret as a setting', 'gateway.env.METRICS_TOKEN=abc'],
    ['a name that nobody knows', 'engine.replica=2'],
    ['cards that no model can be split over', 'engine.gpus=3'],
  ])('refuses %s', (_, setting) => {
    const { status, stderr } = template('--set', setting);
    expect([status, stderr.includes("values don't meet the specifications")]).toEqual([1, true]);
  });
});
