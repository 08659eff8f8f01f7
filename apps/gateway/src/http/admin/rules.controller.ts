import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import { Firewall, FirewallPolicies, type Action } from '@lorekeep/firewall';
import type { CallContext } from '@lorekeep/kit/context';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx, Input } from '../../edge/input.decorator.js';
import { ActRecorder } from '../../wiring/act-recorder.js';

@Controller()
export class RulesController {
  constructor(
    @Inject(FirewallPolicies) private readonly policies: FirewallPolicies,
    @Inject(Firewall) private readonly firewall: Firewall,
    @Inject(ActRecorder) private readonly recorder: ActRecorder,
  ) {}

  @Contract(routes.rules)
  async list(@Ctx() ctx: CallContext) {
    return { categories: await this.policies.list(ctx) };
  }

  @Contract(routes.setRules)
  async set(@Ctx() ctx: CallContext, @Input('body') { actions }: { actions: Record<string, Action> }) {
    const change = () => this.policies.set(ctx, actions);
    return { categories: await this.recorder.act(ctx, 'admin.rules', { actions }, change) };
  }

  @Contract(routes.tryRules)
  async try(@Ctx() ctx: CallContext, @Input('body') body: { text: string; role: 'user' | 'document' }) {
    const { action, hits, texts } = await this.firewall.inspectQuestion(ctx, [body]);
    const told = hits.map(({ rule, category, start, end }) => ({ rule, category, start, end }));
    return { action, hits: told, text: texts[0] ?? '' };
  }
}
