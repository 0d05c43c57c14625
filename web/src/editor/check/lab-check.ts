import type { CompiledInstructions, Diagnostic } from '@lab-orchestrator/contracts';
import { type CheckOptions, findMistakes, labFileSchema } from '@lab-orchestrator/lab-folder/check';
import { bytesOf, type Content } from '../model/lab-files.js';
import { type LabNames, namesOf } from '../model/lab-names.js';

/** What has changed since the last question; files that stay are not sent again. */
export interface CheckQuestion {
  round: number;
  set: [path: string, content: Content][];
  removed: string[];
  options: CheckOptions;
}
export interface Checked {
  diagnostics: Diagnostic[];
  instructions?: CompiledInstructions | undefined;
  /** Absent while the lab file is not YAML. */
  names?: LabNames | undefined;
}
export type CheckAnswer = { kind: 'schema'; schema: unknown } | ({ kind: 'checked'; round: number } & Checked);

/** Checks a lab that changes bit by bit, with the checks of the server. */
export class LabCheck {
  private readonly files = new Map<string, Uint8Array>();

  static schema = (): CheckAnswer => ({ kind: 'schema', schema: labFileSchema() });

  answer({ round, set, removed, options }: CheckQuestion): CheckAnswer {
    for (const path of removed) this.files.delete(path);
    for (const [path, content] of set) this.files.set(path, bytesOf(content));
    const { diagnostics, instructions, outline } = findMistakes(this.files, options);
    return {
      kind: 'checked',
      round,
      diagnostics,
      instructions,
      names: outline && namesOf(outline, instructions?.sets ?? []),
    };
  }
}
