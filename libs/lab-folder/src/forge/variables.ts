import type { LabVariable } from '@lab-orchestrator/contracts';
import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Without characters that look alike: people type these. */
const passwordAlphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The values of one session's variables, by name. */
export type VariableValues = Record<string, string>;

/** Makes the values of a session: generated ones from the system's random source, given ones where the lab lets them be given. */
export function makeVariables(variables: Record<string, LabVariable>, given: VariableValues = {}): VariableValues {
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => [
      name,
      'value' in variable ? (given[name] ?? variable.value) : generate(variable),
    ]),
  );
}

/** Which of the given values the lab does not let anybody give: unknown names, and what is generated or secret. */
export const refusedVariables = (variables: Record<string, LabVariable>, given: VariableValues): string[] =>
  Object.keys(given).filter((name) => {
    const variable = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return !variable || 'generate' in variable || variable.secret;
  });

function generate({ generate: kind, length }: Extract<LabVariable, { generate: string }>): string {
  switch (kind) {
    case 'hex':
      return randomBytes(Math.ceil(length / 2))
        .toString('hex')
        .slice(0, length);
    case 'password':
      return Array.from({ length }, () => passwordAlphabet[randomInt(passwordAlphabet.length)]).join('');
    case 'number':
      return Array.from({ length }, (_, index) => randomInt(index === 0 && length > 1 ? 1 : 0, 10)).join('');
    case 'uuid':
      return randomUUID();
  }
}
