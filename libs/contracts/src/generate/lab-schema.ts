import { LabFile } from '../lab-file/lab-file.js';
import { type JsonSchema, Schemas } from './schemas.js';

/** The JSON Schema of `lab.yaml`, for editors: completion, and red lines where it is wrong. */
export function labSchemaDocument(): JsonSchema {
  const schemas = new Schemas('#/$defs/');
  const root = schemas.inline(LabFile, 'input');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Lab file (lab.yaml), version lab/v1',
    ...root,
    $defs: schemas.all(),
  };
}
