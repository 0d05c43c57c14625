import type { Diagnostic, ImportLab, Principal, RequestOf } from '@lab-orchestrator/contracts';
import { FolderError } from '@lab-orchestrator/lab-folder';
import { Injectable } from '@nestjs/common';
import { ImageCatalog } from '../../images/image-catalog.js';
import { LabSource, type SourceFolder } from '../lab-source.js';
import type { CheckedLab } from './check-folder.worker.js';
import { FolderChecker } from './folder-checker.js';

export interface CheckedSource extends CheckedLab {
  folder: SourceFolder;
}

/** Reads the folder of a lab from where it is, and finds what is wrong with it. */
@Injectable()
export class LabCheckService {
  constructor(
    private readonly sources: LabSource,
    private readonly images: ImageCatalog,
    private readonly folders: FolderChecker,
  ) {}

  async check(caller: Principal, source: RequestOf<typeof ImportLab>): Promise<CheckedSource> {
    const isAdmin = caller.role === 'admin';
    const images = await this.images.kinds();
    try {
      const folder = await this.sources.read(source);
      const options = { images, allowReferences: isAdmin, allowKubernetesObjects: isAdmin };
      return { ...(await this.folders.check(folder.files, options)), folder };
    } catch (error) {
      if (!(error instanceof FolderError)) throw error;
      const nothing = { digest: '', onPages: new Set<string>(), folder: { files: new Map(), source: '' } };
      return { diagnostics: [diagnosticOf(error)], ...nothing };
    }
  }
}

const diagnosticOf = ({ code, message, entry }: FolderError): Diagnostic => ({
  severity: 'error',
  file: entry,
  path: '',
  code,
  message,
});
