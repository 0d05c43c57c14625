import type { CompiledInstructions, Diagnostic } from '@lab-orchestrator/contracts';
import { entryPath } from '../folder/entry-path.js';
import { FolderError } from '../folder/folder-error.js';
import type { FolderFiles } from '../folder/folder-files.js';
import { compilePages } from '../pages/compile-pages.js';
import { resolveLab } from '../resolve/resolve-lab.js';
import type { ResolvedLab } from '../resolve/resolved-lab.js';
import type { CheckOptions } from './options.js';
import { Outline } from './outline.js';
import { Reporter } from './report.js';
import { checkAccess } from './rules/access.js';
import { checkCloudInit } from './rules/cloud-init.js';
import { checkFiles } from './rules/files.js';
import { checkImages } from './rules/images.js';
import { checkKubernetesObjects } from './rules/kubernetes-objects.js';
import { checkNames } from './rules/names.js';
import { checkPrivileges } from './rules/privileges.js';
import { checkReadiness } from './rules/readiness.js';
import { checkReferences } from './rules/references.js';
import { checkTexts } from './rules/texts.js';
import { checkVariables } from './rules/variables.js';
import { checkSchema } from './schema-diagnostics.js';
import { parseYaml, type YamlSource } from '../yaml/yaml-source.js';

export const LAB_FILE = 'lab.yaml';
/** A file with more mistakes than this is not a lab file; nobody reads further. */
const maxDiagnostics = 200;

export interface Findings {
  /** Present when there is no error (warnings may be). */
  lab?: ResolvedLab;
  /** What is wrong, in the order of the files and lines. */
  diagnostics: Diagnostic[];
  /** What the pages say, as far as they could be compiled. Absent when not even the lab file can be read. */
  instructions?: CompiledInstructions;
  /** What the lab file names, read as far as it can be read. Absent when it is not YAML. */
  outline?: Outline;
}

/** All that is wrong with a lab folder, in one pass. Needs nothing of Node: an editor in the browser checks the same. */
export function findMistakes(files: FolderFiles, options: CheckOptions = {}): Findings {
  const diagnostics = checkPaths(files);
  const content = files.get(LAB_FILE);
  if (!content) return { diagnostics: [...diagnostics, noLabFile] };
  const { source, diagnostics: yaml } = parseYaml(LAB_FILE, content);
  if (!source) return { diagnostics: sorted([...diagnostics, ...yaml]) };

  const { lab, diagnostics: schema } = checkSchema(LAB_FILE, source);
  const outline = Outline.parse(source.value);
  const pages = compilePages(outline, files);
  const all = sorted([...diagnostics, ...schema, ...checkRules(outline, files, source, options), ...pages.diagnostics]);
  const hasErrors = all.some(({ severity }) => severity === 'error');
  return {
    diagnostics: all,
    instructions: pages.instructions,
    outline,
    ...(lab && !hasErrors && { lab: resolveLab(lab) }),
  };
}

function checkRules(outline: Outline, files: FolderFiles, source: YamlSource, options: CheckOptions) {
  const report = new Reporter(LAB_FILE, source);
  checkNames(outline, report);
  checkReferences(outline, report);
  checkAccess(outline, report);
  checkReadiness(outline, report);
  checkImages(outline, options, report);
  checkFiles(outline, files, report);
  checkVariables(outline, files, report);
  checkCloudInit(outline, report);
  checkPrivileges(outline, options, report);
  checkKubernetesObjects(outline, report);
  checkTexts(source.value, report);
  return report.diagnostics;
}

/** Folders come from many sources; what leaves the folder is refused here as well. */
function checkPaths(files: FolderFiles): Diagnostic[] {
  return [...files.keys()].flatMap((file) => {
    try {
      entryPath(file);
      return [];
    } catch (error) {
      if (!(error instanceof FolderError)) throw error;
      return [{ severity: 'error', file: error.entry, path: '', code: error.code, message: error.message } as const];
    }
  });
}

const noLabFile: Diagnostic = {
  severity: 'error',
  file: LAB_FILE,
  path: '',
  code: 'file_missing',
  message: `expected a file ${LAB_FILE} at the top of the folder`,
};

const sorted = (diagnostics: Diagnostic[]) =>
  diagnostics
    .toSorted(
      (a, b) =>
        Number(b.file === LAB_FILE) - Number(a.file === LAB_FILE) ||
        a.file.localeCompare(b.file) ||
        (a.line ?? 0) - (b.line ?? 0) ||
        (a.column ?? 0) - (b.column ?? 0),
    )
    .slice(0, maxDiagnostics);
