import { isCloudConfig, parseCloudYaml, stringsIn } from '../../forge/cloud-init.js';
import { placeholdersIn } from '@lab-orchestrator/page-compiler';
import type { Outline } from '../outline.js';
import type { Reporter } from '../report.js';
import type { DocumentPath } from '../../yaml/yaml-source.js';
import { knownVariables, variableProblem } from './variables.js';

/** cloud-init gets documents that parse, with variables only where a value can stand. */
export function checkCloudInit(outline: Outline, report: Reporter) {
  const known = knownVariables(outline);
  for (const [at, { cloudInit }] of outline.systems.entries()) {
    const path = ['systems', at, 'cloudInit'];
    const { userData, networkData } = cloudInit ?? {};
    if (userData) checkUserData(userData, [...path, 'userData'], known, report);
    if (networkData) checkYaml(networkData, [...path, 'networkData'], known, report);
  }
}

function checkUserData(text: string, path: DocumentPath, known: ReadonlySet<string>, report: Reporter) {
  if (isCloudConfig(text)) return checkYaml(text, path, known, report);
  if (!text.startsWith('#!'))
    return report.error(
      path,
      'cloud_init_invalid',
      'expected the first line to be "#cloud-config" or "#!" of a script',
    );
  if (placeholdersIn(text).some(({ name }) => known.has(name)))
    report.error(
      path,
      'variable_not_possible',
      'variables can only be replaced in #cloud-config; write a file with write_files',
    );
}

function checkYaml(text: string, path: DocumentPath, known: ReadonlySet<string>, report: Reporter) {
  const parsed = parseCloudYaml(text);
  if ('problem' in parsed) return report.error(path, 'cloud_init_invalid', parsed.problem);
  const replaced = stringsIn(parsed.document).flatMap(placeholdersIn);
  if (replaced.length < placeholdersIn(withoutComments(text)).length)
    report.error(path, 'quotes_missing', 'YAML reads {{ … }} as a map; write "{{ … }}" with quotes');
  for (const { name } of replaced) {
    const problem = variableProblem(name, known);
    if (problem) report.error(path, problem.code, problem.message);
  }
}

const withoutComments = (text: string) => text.replaceAll(/^\s*#.*$/gm, '');
