import { LabFile } from '@lab-orchestrator/contracts';
import { z } from 'zod';

/** The part of JSON Schema that says which fields an object has. */
const Schema = z.looseObject({
  get properties() {
    return z.record(z.string(), Schema).optional();
  },
  get items() {
    return Schema.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), Schema]).optional();
  },
  get anyOf() {
    return z.array(Schema).optional();
  },
  get oneOf() {
    return z.array(Schema).optional();
  },
});
type Schema = z.infer<typeof Schema>;

/** The JSON Schema of `lab.yaml` as authors write it; the only reference in it is what may be anything. */
export const labFileSchema = () => z.toJSONSchema(LabFile, { io: 'input' });

let root: Schema | undefined;
const labFile = () => (root ??= Schema.parse(labFileSchema()));

/** The fields the lab file may have at `path`, over all variants: what a misspelt field is compared with. */
export function knownFields(path: readonly PropertyKey[]): Set<string> {
  let schemas = variants([labFile()]);
  for (const segment of path) schemas = variants(schemas.flatMap((schema) => step(schema, segment)));
  return new Set(schemas.flatMap((schema) => Object.keys(schema.properties ?? {})));
}

function step(schema: Schema, segment: PropertyKey): Schema[] {
  if (typeof segment === 'number') return schema.items ? [schema.items] : [];
  const property = schema.properties?.[String(segment)];
  if (property) return [property];
  return typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
}

const variants = (schemas: Schema[]): Schema[] =>
  schemas.flatMap((schema) => [schema, ...variants([...(schema.anyOf ?? []), ...(schema.oneOf ?? [])])]);
