import { type RequestOf, RunCommand } from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { CommandRunner } from './command-runner.js';

@Controller()
export class CommandsController {
  constructor(private readonly commands: CommandRunner) {}

  @HandleRequest(RunCommand)
  run(request: RequestOf<typeof RunCommand>, { deadline }: RequestContext) {
    return this.commands.run(request, deadline);
  }
}
