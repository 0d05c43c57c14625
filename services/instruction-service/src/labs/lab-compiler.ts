import type { CompiledInstructions } from '@lab-orchestrator/contracts';
import { compileInstructions } from '@lab-orchestrator/page-compiler';
import { Injectable, Logger } from '@nestjs/common';
import { LabFolderReader } from './lab-folder.reader.js';
import type { VersionKey } from './lab-instructions.store.js';

export interface Compiled {
  digest: string;
  compiled: CompiledInstructions;
  scripts: Record<string, string>;
}

/** Makes instructions of the folder of a lab version. */
@Injectable()
export class LabCompiler {
  private readonly logger = new Logger('Instructions');

  constructor(private readonly folders: LabFolderReader) {}

  async compile(key: VersionKey): Promise<Compiled> {
    const folder = await this.folders.read(key);
    const { instructions, diagnostics } = compileInstructions({
      folder: folder.instructions,
      languages: folder.languages,
      files: folder.paths,
      read: (path) => folder.contents.get(path),
      systems: folder.systems,
      variables: folder.variables.map(({ name }) => name),
    });
    // Not a mistake of the lab, which took less time when it was imported: kept, it would have no pages for ever.
    if (diagnostics.some(({ code }) => code === 'pages_too_slow'))
      throw new Error('the pages took too long to compile');
    // Labs are checked when they are imported; what is left was imported before a rule existed, and is shown as it is.
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) this.logger.warn({ ...key, errors: errors.slice(0, 20) }, 'a lab has mistakes on its pages');
    return { digest: folder.digest, compiled: instructions, scripts: await this.scripts(key, instructions) };
  }

  private async scripts(key: VersionKey, { languages }: CompiledInstructions): Promise<Record<string, string>> {
    const checks = languages.flatMap(({ answers }) => Object.values(answers.checks));
    const paths = [...new Set(checks.flatMap(({ stdin }) => stdin ?? []))];
    if (paths.length === 0) return {};
    const { contents } = await this.folders.read(key, paths);
    return Object.fromEntries(paths.flatMap((path) => (contents.has(path) ? [[path, contents.get(path) ?? '']] : [])));
  }
}
