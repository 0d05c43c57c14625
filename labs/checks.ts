import type { CompiledInstructions } from '@lab-orchestrator/contracts';
import { checkFolder } from '@lab-orchestrator/lab-folder';
import { meetsExpectation, shellCommand, type VariableValues } from '@lab-orchestrator/page-compiler';
import { filesOf, type LabRun } from './lab-run.js';

/** The checks of a sample lab's pages, run on its systems. */
export class LabChecks {
  private readonly instructions: CompiledInstructions;
  private readonly files: Map<string, Uint8Array>;

  constructor(
    private readonly run: LabRun,
    lab: string,
    private readonly values: VariableValues,
  ) {
    this.files = filesOf(lab);
    const { instructions } = checkFolder(this.files);
    if (!instructions) throw new Error(`the lab ${lab} cannot be read`);
    this.instructions = instructions;
  }

  /** Ids of the steps that have checks. */
  get steps(): string[] {
    return this.instructions.steps.filter(({ kind }) => kind === 'check').map(({ id }) => id);
  }

  /** Whether each check of the step passes. */
  async pass(stepId: string): Promise<boolean[]> {
    const checks = Object.values(this.instructions.languages[0]?.answers.checks ?? {});
    const results: boolean[] = [];
    for (const { system, run, stdin, expect, step } of checks) {
      if (step !== stepId) continue;
      const shell = shellCommand(run, this.values);
      if (!('command' in shell)) throw new Error(`${shell.name} of ${step} is ${shell.problem}`);
      const script = stdin === undefined ? undefined : this.files.get(stdin);
      const { sessionId } = this.run.session;
      const { exitCode, stdout } = await this.run.runtime.exec({ sessionId, system }, ['sh', '-c', shell.command], {
        timeoutMs: 20_000,
        ...(script && { stdin: script }),
      });
      results.push(exitCode === 0 && (!expect || meetsExpectation(expect, stdout, this.values)));
    }
    return results;
  }
}
