import type { FolderFiles } from '../../folder/folder-files.js';
import { resolvePath } from '../../folder/entry-path.js';
import { builtinVariableNames } from '@lab-orchestrator/contracts';
import { placeholdersIn, suggest } from '@lab-orchestrator/page-compiler';
import type { Outline, SystemOutline } from '../outline.js';
import type { Reporter } from '../report.js';
import type { DocumentPath } from '../../yaml/yaml-source.js';

/** What is between `{{ }}` in what systems get is a variable that has a value before they start. */
export function checkVariables(outline: Outline, folder: FolderFiles, report: Reporter) {
  const known = knownVariables(outline);
  for (const { text, path } of templates(outline.systems)) {
    for (const { name } of placeholdersIn(text)) {
      const problem = variableProblem(name, known);
      if (problem) report.error(path, problem.code, problem.message);
    }
  }
  for (const { text, path } of commands(outline.systems))
    if (placeholdersIn(text).some(({ name }) => known.has(name)))
      report.warning(
        path,
        'variable_not_replaced',
        'variables are not replaced in commands; give them in "environment"',
      );
  warnAboutFiles(outline.systems, folder, known, report);
}

/** The variables that a session has a value for when its systems are built. */
export const knownVariables = ({ variables }: Pick<Outline, 'variables'>) =>
  new Set<string>([...Object.keys(variables), ...builtinVariableNames]);

/** What is wrong with `{{ name }}` in something that systems get. */
export function variableProblem(name: string, known: ReadonlySet<string>) {
  if (known.has(name)) return undefined;
  if (/^system\.[^.]+\.address$/.test(name))
    return {
      code: 'variable_too_early',
      message: `addresses are known only after the start; use the system's name instead of {{ ${name} }}`,
    };
  return { code: 'unknown_variable', message: `there is no variable "${name.slice(0, 80)}"${suggest(name, known)}` };
}

interface Template {
  text: string;
  path: DocumentPath;
}

/** All texts in which variables are replaced, without cloud-init, which is a document of its own. */
function templates(systems: readonly SystemOutline[]): Template[] {
  return systems.flatMap((system, at) => {
    const found: Array<{ text: unknown; path: DocumentPath }> = [
      ...Object.entries(system.environment).map(([name, text]) => ({
        text,
        path: ['systems', at, 'environment', name],
      })),
      ...system.files.map(({ content }, index) => ({
        text: content,
        path: ['systems', at, 'files', index, 'content'],
      })),
      { text: system.credentials?.username, path: ['systems', at, 'credentials', 'username'] },
      { text: system.credentials?.password, path: ['systems', at, 'credentials', 'password'] },
    ];
    return found.flatMap(({ text, path }) => (typeof text === 'string' ? [{ text, path }] : []));
  });
}

function commands(systems: readonly SystemOutline[]): Template[] {
  return systems.flatMap((system, at) => [
    ...argumentsOf(system.command, ['systems', at, 'command']),
    ...system.access.flatMap(({ command }, index) => argumentsOf(command, ['systems', at, 'access', index, 'command'])),
  ]);
}

const argumentsOf = (command: readonly unknown[], path: DocumentPath) =>
  command.flatMap((text, index) => (typeof text === 'string' ? [{ text, path: [...path, index] }] : []));

/** Files of the folder may have braces of their own (Jinja, Go templates): only what is known is replaced there. */
function warnAboutFiles(
  systems: readonly SystemOutline[],
  folder: FolderFiles,
  known: ReadonlySet<string>,
  report: Reporter,
) {
  for (const [at, system] of systems.entries())
    for (const [index, { from }] of system.files.entries()) {
      const content = from === undefined ? undefined : folder.get(resolvePath('lab.yaml', from) ?? '');
      const names = placeholdersIn(new TextDecoder().decode(content)).map(({ name }) => name);
      const close = names.find((name) => !known.has(name) && suggest(name, known) !== '');
      if (close !== undefined)
        report.warning(
          ['systems', at, 'files', index, 'from'],
          'unknown_variable',
          `{{ ${close} }} in "${from}" is not a variable and stays as it is${suggest(close, known)}`,
        );
    }
}
