import type { CompiledInstructions } from '@lab-orchestrator/contracts';
import { Injectable, Logger } from '@nestjs/common';
import { LabFolderReader } from './lab-folder.reader.js';
import type { VersionKey } from './lab-instructions.store.js';
import { PageThreads } from './page-threads.js';

export interface Compiled {
  digest: string;
  compiled: CompiledInstructions;
  /** The same as JSON. */
  json: string;
  scripts: Record<string, string>;
}

/** Makes instructions of the folder of a lab version. */
@Injectable()
export class LabCompiler {
  private readonly logger = new Logger('Instructions');

  constructor(
    private readonly folders: LabFolderReader,
    private readonly threads: PageThreads,
  ) {}

  /**
   * Too much time or memory is an error, not a mistake of the lab, which took less when it was imported: kept, it would
   * have no pages for ever.
   */
  async compile(key: VersionKey): Promise<Compiled> {
    const { digest, languages, paths, contents, systems, ...folder } = await this.folders.read(key);
    const { json, diagnostics } = await this.threads.compile({
      folder: folder.instructions,
      languages,
      paths,
      contents,
      systems,
      variables: folder.variables.map(({ name }) => name),
    });
    if (diagnostics.some(({ code }) => code === 'pages_too_slow'))
      throw new Error('the pages took too long to compile');
    // Labs are checked when they are imported; what is left was imported before a rule existed, and is shown as it is.
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) this.logger.warn({ ...key, errors: errors.slice(0, 20) }, 'a lab has mistakes on its pages');
    const compiled: CompiledInstructions = JSON.parse(json);
    return { digest, compiled, json, scripts: await this.scripts(key, compiled) };
  }

  private async scripts(key: VersionKey, { languages }: CompiledInstructions): Promise<Record<string, string>> {
    const checks = languages.flatMap(({ answers }) => Object.values(answers.checks));
    const paths = [...new Set(checks.flatMap(({ stdin }) => stdin ?? []))];
    if (paths.length === 0) return {};
    const { contents } = await this.folders.read(key, paths);
    return Object.fromEntries(paths.flatMap((path) => (contents.has(path) ? [[path, contents.get(path) ?? '']] : [])));
  }
}
