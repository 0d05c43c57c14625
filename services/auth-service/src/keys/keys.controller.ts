import { ListKeys } from '@lab-orchestrator/contracts';
import { HandleRequest } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { KeyRing } from './key-ring.js';

@Controller()
export class KeysController {
  constructor(private readonly ring: KeyRing) {}

  @HandleRequest(ListKeys)
  list() {
    return { keys: this.ring.published().map((key) => ({ ...key })) };
  }
}
