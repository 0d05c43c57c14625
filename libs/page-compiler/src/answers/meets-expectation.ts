import type { CheckExpectation, PageTemplate } from '@lab-orchestrator/contracts';
import type { VariableValues } from '../variables/shell-command.js';
import { substituteTemplate } from '../variables/substitute-text.js';
import { regexOf } from './regex.js';

/** Whether the output of a check is what was expected. A variable without a value meets nothing. */
export function meetsExpectation(expectation: CheckExpectation, output: string, values: VariableValues): boolean {
  switch (expectation.kind) {
    case 'text': {
      const text = filled(expectation.text, values);
      return text !== undefined && output.includes(text);
    }
    case 'regex': {
      const regex = regexOf(expectation.source, expectation.flags);
      return 'test' in regex && regex.test(withoutLastNewline(output));
    }
    case 'json': {
      const value = filled(expectation.value, values);
      return value !== undefined && shown(at(output, expectation.path)) === value;
    }
  }
}

/** What `$(…)` of a shell makes of it: the newline at the very end belongs to printing, so that `$` is where the text ends. */
const withoutLastNewline = (output: string) => (output.endsWith('\n') ? output.slice(0, -1) : output);

/** A template as text, or undefined while one of its variables has no value. */
export function filled(template: PageTemplate, values: VariableValues): string | undefined {
  let text = '';
  for (const part of substituteTemplate(template, values)) {
    if (part.type === 'variable') return undefined;
    text += part.value;
  }
  return text;
}

function at(output: string, path: ReadonlyArray<string | number>): unknown {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return undefined;
  }
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
