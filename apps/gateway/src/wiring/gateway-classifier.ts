import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type FolderClassifier, openClassifier, TEXT_ROLES } from '@lorekeep/firewall';
import type { Logger } from '@lorekeep/kit/telemetry';
import type { AppConfig } from './app-config.js';

/** The operator's classifier, if there is one. Without it, and where it fails, the rules decide alone. */
@Injectable()
export class GatewayClassifier implements OnApplicationShutdown {
  /** For questions, within their time. */
  readonly questions: FolderClassifier | undefined;
  /** For administrators who try a text, of any role and with patience. */
  readonly bench: FolderClassifier | undefined;

  constructor(config: AppConfig, log: Logger) {
    this.questions = openClassifier(config, 'questions', ({ state, detail }) =>
      state === 'failed'
        ? log.error({ detail }, 'the classifier of the firewall cannot be used; the rules decide alone')
        : log.info('the classifier of the firewall is ready'),
    );
    this.bench = this.questions?.forRoles(TEXT_ROLES, config.FIREWALL_CLASSIFIER_DOCUMENT_TIMEOUT_MS);
  }

  /** `off` where none is configured. */
  get state(): { state: 'off' | 'loading' | 'ready' | 'failed'; reason: string | null } {
    if (!this.questions) return { state: 'off', reason: null };
    const { state, reason } = this.questions.state;
    return { state, reason };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.questions?.close();
  }
}
