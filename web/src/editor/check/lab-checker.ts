import type { CheckOptions } from '@lab-orchestrator/lab-folder/check';
import { patchOf } from '../model/changes.js';
import type { LabFiles } from '../model/lab-files.js';
import type { CheckAnswer, Checked, CheckQuestion } from './lab-check.js';

/** The part of a worker that is used here. */
export interface CheckPort {
  postMessage: (question: CheckQuestion) => void;
  terminate: () => void;
}
interface Options {
  open: (onAnswer: (answer: CheckAnswer) => void, onFailure: () => void) => CheckPort;
  onChecked: (checked: Checked) => void;
  onSchema: (schema: unknown) => void;
  onFailure: () => void;
}

/** Has a lab checked in the background, one state at a time: what was typed meanwhile is checked together afterwards. */
export class LabChecker {
  readonly #options: Options;
  readonly #port: CheckPort;
  #sent: LabFiles = new Map();
  #waiting: { files: LabFiles; options: CheckOptions } | undefined;
  #busy = false;
  #round = 0;

  constructor(options: Options) {
    this.#options = options;
    this.#port = options.open(this.#onAnswer, () => {
      this.#busy = true;
      options.onFailure();
    });
  }

  check(files: LabFiles, options: CheckOptions): void {
    this.#waiting = { files, options };
    this.#next();
  }

  stop(): void {
    this.#waiting = undefined;
    this.#port.terminate();
  }

  readonly #onAnswer = (answer: CheckAnswer) => {
    if (answer.kind === 'schema') return this.#options.onSchema(answer.schema);
    this.#busy = false;
    if (answer.round === this.#round) this.#options.onChecked(answer);
    this.#next();
  };

  #next() {
    if (this.#busy || this.#waiting === undefined) return;
    const { files, options } = this.#waiting;
    this.#waiting = undefined;
    this.#busy = true;
    this.#round += 1;
    this.#port.postMessage({ round: this.#round, ...patchOf(this.#sent, files), options });
    this.#sent = files;
  }
}
