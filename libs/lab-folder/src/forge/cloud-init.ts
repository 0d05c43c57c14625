import { type Document, isScalar, Scalar, visit } from 'yaml';
import { parseDocuments } from '../yaml/parse-documents.js';
import { placeholdersIn } from '@lab-orchestrator/page-compiler';
import { fillIn, type Lookup } from './template.js';

const header = /^#cloud-config[ \t]*(\r?\n|$)/;

/** What only a quoted string can carry: block and plain styles lose or break on it. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const notPlain = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff]|^\s|\s$/;

/** Whether this user data is the YAML kind, the only one in which variables are replaced. */
export const isCloudConfig = (userData: string) => header.test(userData);

/**
 * Replaces variables in a YAML document of cloud-init: after parsing, as string values. A value with quotes, line
 * breaks or a leading `!` stays one string and cannot become structure.
 */
export function fillInYaml(text: string, lookup: Lookup): string {
  if (placeholdersIn(text).length === 0) return text;
  const parsed = parseCloudYaml(text);
  // Checked when the lab was imported.
  if ('problem' in parsed) throw new TypeError(`cloud-init was not checked: ${parsed.problem}`);
  const { document } = parsed;
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value !== 'string') return;
      const filled = fillIn(node.value, lookup);
      if (filled === node.value) return;
      node.value = filled;
      if (node.type === Scalar.PLAIN || notPlain.test(filled)) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const rest = document.toString({ lineWidth: 0 });
  return isCloudConfig(text) && !isCloudConfig(rest) ? `#cloud-config\n${rest}` : rest;
}

/** The one document of cloud-init, or what is wrong with it. */
export function parseCloudYaml(text: string): { document: Document.Parsed } | { problem: string } {
  try {
    const [document, second] = parseDocuments(text);
    if (!document) return { problem: 'expected a YAML document' };
    if (second) return { problem: 'expected one YAML document' };
    const [error] = document.errors;
    if (!error) return { document };
    const line = text.slice(0, error.pos[0]).split('\n').length;
    return { problem: `line ${line} of it is not valid YAML: ${error.message}` };
  } catch (error) {
    if (error instanceof RangeError) return { problem: 'it is nested too deeply' };
    throw error;
  }
}

/** Every string of the document in which a variable may stand. */
export function stringsIn(document: Document.Parsed) {
  const strings: string[] = [];
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === 'string') strings.push(node.value);
    },
  });
  return strings;
}
