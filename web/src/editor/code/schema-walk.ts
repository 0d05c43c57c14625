import type { PathPart } from './yaml-place.js';

type Schema = Readonly<Record<string, unknown>>;

export interface KnownKey {
  key: string;
  description: string | undefined;
  /** Holds a map or a list, which begins on the next line. */
  nested: boolean;
  required: boolean;
}

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const schemasIn = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** A schema with all that it may be instead. */
const variants = (schema: Schema): Schema[] => [
  schema,
  ...[...schemasIn(schema['anyOf']), ...schemasIn(schema['oneOf'])].flatMap(variants),
];

function step(schema: Schema, part: PathPart): Schema[] {
  if (part === 0) return isSchema(schema['items']) ? variants(schema['items']) : [];
  const properties = schema['properties'];
  const property = isSchema(properties) ? properties[part] : undefined;
  if (isSchema(property)) return variants(property);
  const others = schema['additionalProperties'];
  return isSchema(others) ? variants(others) : [];
}

/** What may stand at a path, over all variants. */
export function schemasAt(root: unknown, path: readonly PathPart[]): Schema[] {
  if (!isSchema(root)) return [];
  return path.reduce((schemas, part) => schemas.flatMap((schema) => step(schema, part)), variants(root));
}

/** A variant is out when another one was chosen: `kind: vm` leaves no container. */
const fits = (schema: Schema, siblings: ReadonlyMap<string, string>) => {
  const properties = schema['properties'];
  if (!isSchema(properties)) return true;
  return [...siblings].every(([key, value]) => {
    const property = properties[key];
    return !isSchema(property) || !('const' in property) || property['const'] === value;
  });
};

/** The keys a map may have, without those that it has. */
export function keysAt(root: unknown, path: readonly PathPart[], siblings: ReadonlyMap<string, string>): KnownKey[] {
  const known = new Map<string, KnownKey>();
  for (const schema of schemasAt(root, path).filter((one) => fits(one, siblings))) {
    const properties = isSchema(schema['properties']) ? schema['properties'] : {};
    const required = Array.isArray(schema['required']) ? schema['required'] : [];
    for (const [key, property] of Object.entries(properties)) {
      if (!isSchema(property) || known.has(key) || siblings.has(key)) continue;
      known.set(key, {
        key,
        description: textIn(property, 'description'),
        nested: variants(property).some(({ type }) => type === 'object' || type === 'array'),
        required: required.includes(key),
      });
    }
  }
  return [...known.values()];
}

/** The values that a schema names: of a choice, true and false, and what holds when nothing is written. */
export function valuesAt(root: unknown, path: readonly PathPart[]): { value: string; isDefault: boolean }[] {
  const values = new Map<string, boolean>();
  for (const schema of schemasAt(root, path)) {
    const fallback = schema['default'];
    if (Array.isArray(schema['enum']))
      for (const value of schema['enum']) values.set(String(value), value === fallback);
    if ('const' in schema) values.set(String(schema['const']), false);
    if (schema['type'] === 'boolean') for (const value of [true, false]) values.set(String(value), value === fallback);
    if (typeof fallback === 'string' || typeof fallback === 'number')
      if (fallback !== '') values.set(String(fallback), true);
  }
  return [...values].map(([value, isDefault]) => ({ value, isDefault }));
}

/** What is said about the value at a path. */
export const descriptionAt = (root: unknown, path: readonly PathPart[]): string | undefined =>
  schemasAt(root, path)
    .map((schema) => textIn(schema, 'description'))
    .find((text) => text !== undefined);

const textIn = (schema: Schema, key: string) => (typeof schema[key] === 'string' ? schema[key] : undefined);
