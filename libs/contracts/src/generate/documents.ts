import { stringify } from 'yaml';
import { asyncApiDocument } from './asyncapi.js';
import { labSchemaDocument } from './lab-schema.js';
import { openApiDocument } from './openapi.js';

const json = (document: unknown) => `${JSON.stringify(document, undefined, 2)}\n`;
const yaml = (document: unknown) =>
  stringify(document, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });

/** Everything that is generated from the contracts, by its place in `docs/`. */
export const documents: Readonly<Record<string, () => string>> = {
  'openapi.json': () => json(openApiDocument()),
  'asyncapi.yaml': () => yaml(asyncApiDocument()),
  'lab.schema.json': () => json(labSchemaDocument()),
};
