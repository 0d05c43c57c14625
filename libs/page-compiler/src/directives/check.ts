import type { CheckDefinition, PageBlock, PageTemplate } from '@lab-orchestrator/contracts';
import { parseExpectation } from '../answers/parse-expectation.js';
import { existingFile } from '../tree/media.js';
import { resolvePath } from '../source/lab-path.js';
import { strictTemplate } from '../variables/template.js';
import { commandTemplate } from './actions.js';
import type { Attributes } from './attributes.js';
import { reportWrongPlace } from './misplaced.js';
import { systemFor } from './systems.js';

/** `::check`: what it runs stays on the server. */
export function compileCheck(attributes: Attributes): PageBlock[] {
  const { page, node } = attributes;
  const { step } = page;
  const system = systemFor(attributes);
  const script = scriptOf(attributes);
  const run = script !== undefined && !attributes.has('run') ? shell : commandTemplate(attributes);
  const times = timesOf(attributes);
  const message = attributes.text('message');
  const label = attributes.text('label');
  const expect = expectationOf(attributes);
  if (!step || step.kind === 'quiz' || page.surrounding === 'hint') {
    reportWrongPlace(node, 'check_outside_step', 'a check stands in a step', page);
    return [];
  }
  const id = `${step.id}.check-${step.checks.length + 1}`;
  step.checks.push(id);
  const auto = times.autoS === undefined ? {} : { autoS: times.autoS };
  const shown = { ...(message && { message }), ...auto };
  if (system && run) {
    const { timeoutS, retries } = times;
    const known = { ...(script !== undefined && { stdin: script }), ...(expect && { expect }) };
    const check: CheckDefinition = {
      id,
      step: step.id,
      system: system.name,
      run,
      ...known,
      timeoutS,
      retries,
      ...shown,
    };
    page.answers.checks[id] = check;
  }
  return [{ type: 'check', id, ...shown, ...(label && { label }) }];
}

/** Runs the script that is piped in. */
const shell: PageTemplate = [{ type: 'text', value: 'sh -s' }];

function timesOf(attributes: Attributes) {
  return {
    timeoutS: attributes.seconds('timeout', { min: 1, max: 120 }) ?? 10,
    retries: attributes.number('retries', { min: 0, max: 10, whole: true }) ?? 0,
    autoS: attributes.seconds('auto', { min: 5, max: 3_600 }),
  };
}

/** `from=files/check.sh`: a path from the top of the lab folder, as in `lab.yaml`. */
function scriptOf(attributes: Attributes): string | undefined {
  const written = attributes.text('from');
  if (written === undefined) return undefined;
  const { page } = attributes;
  const fromTop = resolvePath('lab.yaml', written);
  return fromTop !== undefined && page.shared.lab.files.has(fromTop)
    ? fromTop
    : existingFile(written, page, attributes.start);
}

function expectationOf(attributes: Attributes) {
  const written = attributes.raw('expect');
  if (written === undefined) return undefined;
  const parsed = parseExpectation(written, (text) => strictTemplate(text, attributes.page, () => attributes.start));
  return 'problem' in parsed ? attributes.refuse('expect', parsed.problem) : parsed;
}
