import type { ContainerSystemSpec, SystemObservation } from '@lab-orchestrator/contracts';
import type { Console, ConsoleTarget, ExecOptions, ExecResult } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { translated } from '../engine/engine-errors.js';
import { execInContainer } from '../engine/exec.js';
import { observeContainer } from '../systems/observe-container.js';
import { freezeContainer, lastLogLines, restartContainer, thawContainer } from '../engine/container-calls.js';
import type { ContainerFacts } from '../systems/container-facts.js';
import type { ContainerPlan } from '../systems/container-plan.js';
import type { DriverContext } from '../systems/driver-context.js';
import { toConsole } from '../../streams/to-console.js';
import { connectTcp } from '../systems/probe.js';
import type { SystemDriver } from '../systems/system-driver.js';
import type { SystemPlace } from '../systems/system-place.js';
import { Answers } from './answers.js';
import type { ContainerImages } from './container-images.js';
import { containerPlanFor, crashRestarts } from './container-plan-for.js';
import { consoleUser } from './container-user.js';
import { openDesktop, openTerminal } from './open-console.js';

/** Systems of kind `container`: the container is the system. */
export class ContainerDriver implements SystemDriver<ContainerSystemSpec> {
  private readonly answers: Answers;

  constructor(
    private readonly context: DriverContext,
    private readonly images: ContainerImages,
    private readonly diskBytes: number,
  ) {
    this.answers = new Answers(context.engine);
  }

  async plan(_place: SystemPlace, system: ContainerSystemSpec): Promise<ContainerPlan> {
    return containerPlanFor(system, await this.images.require(system.image), this.context.facts, this.diskBytes);
  }

  async inspect(
    _place: SystemPlace,
    system: ContainerSystemSpec,
    container: ContainerFacts,
  ): Promise<SystemObservation> {
    const answers = container.state === 'running' && (await this.answers.all(system, container));
    const log = container.exitCode === undefined ? '' : await lastLogLines(this.context.engine, container.id);
    return observeContainer({ system, container, answers, log, maxRestarts: crashRestarts, nowMs: Date.now() });
  }

  async open(container: ContainerFacts, target: ConsoleTarget): Promise<Console> {
    const { engine } = this.context;
    switch (target.channel) {
      case 'terminal':
        return openTerminal(engine, container.id, {
          ...target,
          user: consoleUser(target.user, container.userNamespace),
        });
      case 'desktop':
        return openDesktop(engine, container.id);
      case 'port':
        return openPort(container, target.port);
      case 'serial':
        throw new RuntimeError('unsupported', `${container.system} is a container and has no serial console.`, false);
    }
  }

  async exec(container: ContainerFacts, command: string[], options: ExecOptions): Promise<ExecResult> {
    const user = consoleUser(options.user, container.userNamespace);
    return execInContainer(this.context.engine, container.id, command, { ...options, user });
  }

  pause(container: ContainerFacts): Promise<void> {
    return freezeContainer(this.context.engine, container);
  }

  resume(container: ContainerFacts): Promise<void> {
    return thawContainer(this.context.engine, container);
  }

  async restart(container: ContainerFacts): Promise<void> {
    this.answers.forget(container.id);
    await translated('Restarting', () => restartContainer(this.context.engine, container));
  }
}

async function openPort(container: ContainerFacts, port: number): Promise<Console> {
  const address = Object.values(container.addresses)[0];
  if (address === undefined) throw new RuntimeError('unreachable', `${container.system} has no address.`, true);
  return toConsole(await connectTcp(address, port));
}
