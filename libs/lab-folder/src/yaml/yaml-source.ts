import type { Diagnostic } from '@lab-orchestrator/contracts';
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, visit } from 'yaml';
import type { Document, Pair } from 'yaml';
import { parseDocuments } from './parse-documents.js';

const maxBytes = 2 ** 20;
/** Aliases of one anchor; enough for people, too few for an explosion. */
const maxAliasCount = 100;

export type DocumentPath = readonly PropertyKey[];
export interface Position {
  line: number;
  column: number;
}

/** A YAML file: its value, and where in the text each part of it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** Where the value at `path` begins; where something is missing, its nearest parent. `at: 'key'`: its key. */
  position(path: DocumentPath, at?: 'key' | 'value'): Position | undefined;
  /** The text from the value at `path` on, for hints that the value alone cannot give. */
  textAt(path: DocumentPath): string;
}

export interface ParsedYaml {
  source?: YamlSource;
  diagnostics: Diagnostic[];
}

/** Parses one YAML document: no custom tags, no repeated keys, no alias explosion. Reports all that is wrong with it. */
export function parseYaml(file: string, content: Uint8Array): ParsedYaml {
  const report = (code: string, message: string, at?: Position): Diagnostic => ({
    severity: 'error',
    file,
    ...at,
    path: '',
    code,
    message,
  });
  if (content.length > maxBytes) return { diagnostics: [report('file_too_large', 'expected at most 1 MiB')] };
  const text = decode(content);
  if (text === undefined) return { diagnostics: [report('not_utf8', 'expected text in UTF-8')] };
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const documents = parseDocuments(text, lines);
    const [document] = documents;
    if (!document?.contents)
      return { diagnostics: [report('file_empty', 'expected a YAML document', { line: 1, column: 1 })] };
    const diagnostics = documents
      .flatMap((each) => [...each.errors, ...each.warnings])
      .map((problem) => report('yaml_invalid', firstLine(problem.message), at(problem.pos[0])));
    const second = documents[1];
    if (second) diagnostics.push(report('yaml_many_documents', 'expected one document', at(second.range[0])));
    for (const { key, offset } of repeatedKeys(document))
      diagnostics.push(report('duplicate_key', `the key "${key}" is there twice`, at(offset)));
    if (diagnostics.length > 0) return { diagnostics };
    return { source: new DocumentSource(document, text, at), diagnostics };
  } catch (error) {
    return { diagnostics: [report('yaml_refused', refusal(error), { line: 1, column: 1 })] };
  }
}

class DocumentSource implements YamlSource {
  readonly value: unknown;

  constructor(
    private readonly document: Document.Parsed,
    private readonly text: string,
    private readonly at: (offset: number) => Position,
  ) {
    this.value = document.toJS({ maxAliasCount });
  }

  position(path: DocumentPath, at: 'key' | 'value' = 'value') {
    const offset = this.offset(path, at);
    return offset === undefined ? undefined : this.at(offset);
  }

  textAt(path: DocumentPath) {
    const offset = this.offset(path, 'value');
    return offset === undefined ? '' : this.text.slice(offset);
  }

  private offset(path: DocumentPath, at: 'key' | 'value'): number | undefined {
    let node: unknown = this.document.contents;
    let found = offsetOf(node);
    for (const [index, segment] of path.entries()) {
      const resolved: unknown = isAlias(node) ? node.resolve(this.document) : node;
      const child = childOf(resolved, segment);
      if (child === undefined) break;
      const isLast = index === path.length - 1;
      node = isPair(child) ? child.value : child;
      const key = isPair(child) ? offsetOf(child.key) : undefined;
      found = (at === 'key' && isLast ? key : undefined) ?? offsetOf(node) ?? key ?? found;
    }
    return found;
  }
}

function childOf(node: unknown, segment: PropertyKey): Pair | Node | undefined {
  if (isMap(node)) return node.items.find((pair) => keyText(pair) === String(segment));
  if (!isSeq(node) || typeof segment !== 'number') return undefined;
  const item = node.items[segment];
  return isNode(item) ? item : undefined;
}

const keyText = (pair: Pair) => (isScalar(pair.key) ? String(pair.key.value) : undefined);
/** A value that is left out (`lan:`) has an empty range; its key says more. */
const offsetOf = (node: unknown) =>
  isNode(node) && node.range && node.range[1] > node.range[0] ? node.range[0] : undefined;

/** The parser's own check compares every key with every other one. */
function repeatedKeys(document: Document.Parsed) {
  const repeated: Array<{ key: string; offset: number }> = [];
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const pair of map.items) {
        const key = keyText(pair);
        if (key === undefined) continue;
        if (seen.has(key)) repeated.push({ key, offset: offsetOf(pair.key) ?? 0 });
        seen.add(key);
      }
    },
  });
  return repeated;
}

function decode(content: Uint8Array) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

const firstLine = (text: string) => text.split('\n', 1)[0] ?? text;

function refusal(error: unknown) {
  if (error instanceof ReferenceError) return 'aliases that multiply are not allowed';
  if (error instanceof RangeError) return 'the document is nested too deeply';
  throw error;
}
