import { Controller, Inject } from '@nestjs/common';
import { routes } from '@lorekeep/contracts';
import type { CallContext } from '@lorekeep/kit/context';
import { ShowVectors } from '@lorekeep/retrieval';
import { Contract } from '../../edge/contract.decorator.js';
import { Ctx } from '../../edge/input.decorator.js';

@Controller()
export class VectorsController {
  constructor(@Inject(ShowVectors) private readonly vectors: ShowVectors) {}

  @Contract(routes.vectors)
  show(@Ctx() ctx: CallContext) {
    return this.vectors.run(ctx);
  }
}
