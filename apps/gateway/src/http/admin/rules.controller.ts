import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { Firewall, FirewallSetups, listCategories, type Action } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class RulesController {
  constructor(
    @Inject(FirewallSetups) private readonly setups: FirewallSetups,
    @Inject(Firewall) private readonly firewall: Firewall,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.rules)
  async list(@Ctx() ctx: CallContext) {
    const { setup } = await this.setups.show(ctx);
    const categories = listCategories().map(({ category, usual, rules, allowed }) => {
      const builtIn = usual[setup.preset];
      return { category, action: setup.actions[category] ?? builtIn, builtIn, rules, allowed };
    });
    return { categories };
  }

  @Contract(routes.setRules)
  async set(@Ctx() ctx: CallContext, @Input('body') { actions }: { actions: Record<string, Action> }) {
    await this.recorder.act(ctx, 'admin.rules', { actions }, async () => {
      const { setup, version } = await this.setups.show(ctx);
      await this.setups.save(ctx, { ...setup, actions }, version, false);
    });
    return this.list(ctx);
  }

  @Contract(routes.tryRules)
  async try(@Ctx() ctx: CallContext, @Input('body') body: { text: string; role: 'user' | 'document' }) {
    const { action, hits, texts } = await this.firewall.inspectQuestion(ctx, [body]);
    const told = hits.map(({ rule, category, start, end }) => ({ rule, category, start, end }));
    return { action, hits: told, text: texts[0] ?? '' };
  }
}
