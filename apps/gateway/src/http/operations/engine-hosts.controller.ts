import { Controller, Inject } from '@nestjs/common';
import { routes, type EngineHostBody } from '@lorekeep/contracts';
import { EngineHosts } from '@lorekeep/inference';
import { Contract } from '../../edge/contract.decorator.js';
import { Input } from '../../edge/input.decorator.js';

@Controller()
export class EngineHostsController {
  constructor(@Inject(EngineHosts) private readonly hosts: EngineHosts) {}

  @Contract(routes.registerEngineHost)
  register(@Input('body') { proof, ...said }: EngineHostBody): Promise<object> {
    return this.hosts.register(said, proof);
  }
}
