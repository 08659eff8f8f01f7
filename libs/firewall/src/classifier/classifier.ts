import { ModelThreads, STALL_MS, type ModelState, type ModelThreadsOptions } from '@lorekeep/kit/local-model';
import type { Inspection } from '../inspect-text.js';
import type { Policy, Preset } from '../policy.js';
import { CERTAIN, FLAGGED, type TextRole } from '../rules/rule.js';
import { STEERING } from '../scoring.js';
import type { ClassifierConfig } from './classifier.config.js';

/** UTF-16 units of a text that are classified, beginning before what the rules have found. */
export const CLASSIFIED_MAX = 8_000;
const BEFORE = 1_000;

/** What answers it in specs is no thread. */
type Threads = Pick<ModelThreads, 'classify' | 'state' | 'close'>;

/** What the firewall asks. */
export interface Classifier {
  /** The share of an attack where it is at least the operator's; undefined where it is not, or is not known in time. */
  judge(policy: Policy, text: string, role: TextRole, inspection: Inspection): Promise<number | undefined>;
}

/** A second opinion, by a model of the operator's, on texts about which the rules are in doubt. */
export class FolderClassifier implements Classifier {
  private readonly threads: Threads;

  constructor(
    private readonly options: {
      /** Texts of other roles are left to the rules. */
      readonly roles: readonly TextRole[];
      readonly timeoutMs: number;
      /** 0 to 1. */
      readonly from: number;
    },
    threads: ModelThreadsOptions | Threads,
  ) {
    this.threads = 'classify' in threads ? threads : new ModelThreads(threads);
  }

  get state(): ModelState {
    return this.threads.state;
  }

  async judge(
    policy: Policy,
    text: string,
    role: TextRole,
    inspection: Inspection,
  ): Promise<number | undefined> {
    if (!this.options.roles.includes(role) || !isGrey(inspection, policy.preset)) return undefined;
    const share = await this.threads.classify({ text: excerptOf(text, inspection) }, this.options.timeoutMs);
    return share !== null && share >= this.options.from ? share : undefined;
  }

  /** The same model for texts of other roles. */
  forRoles(roles: readonly TextRole[], timeoutMs: number): FolderClassifier {
    return new FolderClassifier({ ...this.options, roles, timeoutMs }, this.threads);
  }

  close(): Promise<void> {
    return this.threads.close();
  }
}

/** The classifier that is configured; undefined where there is none. */
export function openClassifier(
  config: ClassifierConfig,
  use: 'questions' | 'documents',
  onState?: ModelThreadsOptions['onState'],
): FolderClassifier | undefined {
  if (config.FIREWALL_CLASSIFIER_FOLDER === '') return undefined;
  const asked = use === 'questions';
  const timeoutMs = asked
    ? config.FIREWALL_CLASSIFIER_TIMEOUT_MS
    : config.FIREWALL_CLASSIFIER_DOCUMENT_TIMEOUT_MS;
  return new FolderClassifier(
    {
      roles: asked ? ['user', 'tool'] : ['document'],
      timeoutMs,
      from: config.FIREWALL_CLASSIFIER_PERCENT / 100,
    },
    {
      folder: config.FIREWALL_CLASSIFIER_FOLDER,
      addon: config.FIREWALL_CLASSIFIER_ADDON,
      labels: config.FIREWALL_CLASSIFIER_LABELS,
      name: 'the classifier',
      meaning: 'an attack',
      threads: config.FIREWALL_CLASSIFIER_THREADS,
      // Who waits longer than usual wants a thread that works longer than usual.
      stallMs: Math.max(STALL_MS, 2 * timeoutMs),
      ...(onState && { onState }),
    },
  );
}

/** Signs that somebody steers the assistant, which do not decide, and of which one more would change what is done. */
function isGrey({ action, groups }: Inspection, preset: Preset): boolean {
  if (action === 'refuse') return false;
  return groups.some(({ categories, points, discussed }) => {
    if (points <= 0 || points >= CERTAIN || !categories.some((one) => STEERING.includes(one))) return false;
    return preset === 'strict' || !discussed || points < FLAGGED;
  });
}

function excerptOf(text: string, { hits }: Inspection): string {
  const steering = hits.filter(({ category }) => STEERING.includes(category));
  const first = Math.min(...steering.map(({ start }) => start));
  const from = text.length <= CLASSIFIED_MAX ? 0 : Math.max(0, first - BEFORE);
  return text.slice(from, from + CLASSIFIED_MAX).toWellFormed();
}
