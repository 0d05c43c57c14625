import type { Diagnostic } from '@lab-orchestrator/contracts';
import type { DocumentPath, Position, YamlSource } from '../yaml/yaml-source.js';

/** `['systems', 0, 'networks', 1]` as people write it: `systems[0].networks[1]`. */
export const pathText = (path: DocumentPath) =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const key = String(part);
    if (!/^[\w-]+$/.test(key)) return `${text}["${key}"]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');

/** Collects what the rules find in `lab.yaml`, each at its place. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly file: string,
    private readonly source: YamlSource,
  ) {}

  error(path: DocumentPath, code: string, message: string, at: 'key' | 'value' = 'value') {
    this.add('error', path, code, message, this.source.position(path, at));
  }

  warning(path: DocumentPath, code: string, message: string) {
    this.add('warning', path, code, message, this.source.position(path));
  }

  private add(severity: Diagnostic['severity'], path: DocumentPath, code: string, message: string, at?: Position) {
    this.diagnostics.push({ severity, file: this.file, ...at, path: pathText(path), code, message });
  }
}
