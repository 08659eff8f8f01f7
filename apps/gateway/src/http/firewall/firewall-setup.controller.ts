import { Controller, Inject } from '@nestjs/common';
import { routes, type FirewallSetupBody } from '@lorekeep/contracts';
import {
  checkOwnRule,
  FirewallSetups,
  listCategories,
  PRESET_POLICIES,
  type AskedRule,
  type Mistake,
} from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { found } from '../../edge/found.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';
import { GatewayClassifier } from '../../wiring/gateway-classifier.js';
import { keptChanges } from './kept-changes.js';

interface SetBody {
  setup: FirewallSetupBody;
  over: number;
  acceptBroken: boolean;
}

/** The setup of the firewall, always as a whole. */
const { balanced, strict } = PRESET_POLICIES;
const PRESET_LEVELS = { balanced: balanced.paranoia, strict: strict.paranoia };

@Controller()
export class FirewallSetupController {
  constructor(
    @Inject(FirewallSetups) private readonly setups: FirewallSetups,
    @Inject(GatewayClassifier) private readonly classifier: GatewayClassifier,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.firewallSetup)
  async show(@Ctx() ctx: CallContext) {
    const { state: classifier } = this.classifier;
    const shown = await this.setups.show(ctx);
    return { ...shown, levels: PRESET_LEVELS, categories: listCategories(), classifier };
  }

  @Contract(routes.previewFirewall)
  preview(@Ctx() ctx: CallContext, @Input('body') setup: FirewallSetupBody) {
    return this.setups.preview(ctx, setup);
  }

  /** At the field, while it is written: whether it fits the rest is said by the preview. */
  @Contract(routes.checkFirewallRule)
  check(@Input('body') rule: AskedRule): { mistakes: Mistake[] } {
    const checked = checkOwnRule(rule, 'rule');
    if (!Array.isArray(checked)) return { mistakes: [] };
    const mistakes = checked as Mistake[];
    return {
      mistakes: mistakes.map(({ path, message }) => ({ path: path.slice('rule.'.length), message })),
    };
  }

  @Contract(routes.setFirewall)
  async set(@Ctx() ctx: CallContext, @Input('body') { setup, over, acceptBroken }: SetBody) {
    // What is wrong with it is said before the audit hears of an intention.
    const { changes, cases } = await this.setups.preview(ctx, setup);
    const broken = cases.broken.length;
    const detail = { over, changes: keptChanges(changes), broken, acceptBroken };
    await this.recorder.act(ctx, 'admin.firewall.setup', detail, () =>
      this.setups.save(ctx, setup, over, acceptBroken),
    );
    return this.show(ctx);
  }

  @Contract(routes.firewallVersions)
  async versions(@Ctx() ctx: CallContext) {
    return { rows: await this.setups.versions(ctx) };
  }

  @Contract(routes.firewallVersion)
  async version(@Ctx() ctx: CallContext, @Input('body') { version }: { version: number }) {
    return found(await this.setups.version(ctx, version));
  }
}
