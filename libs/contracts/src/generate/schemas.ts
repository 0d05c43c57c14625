import { z } from 'zod';
import * as contracts from '../index.js';

export type JsonSchema = Record<string, unknown>;
export type Direction = 'input' | 'output';

/** Schemas that the contracts export by name become components of that name. */
const names = z.registry<{ id: string }>();
for (const [name, value] of Object.entries(contracts)) {
  if (value instanceof z.ZodType && isWorthAName(value) && !names.has(value)) names.add(value, { id: name });
}

function isWorthAName(schema: z.ZodType) {
  return schema instanceof z.ZodObject || schema instanceof z.ZodUnion || schema instanceof z.ZodEnum;
}

/** Collects the named schemas that a document refers to. */
export class Schemas {
  private readonly found = new Map<string, JsonSchema>();

  constructor(private readonly prefix: string) {}

  /** A schema as the document shows it: a reference when it has a name. */
  refer(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $defs, $schema: _, ...root } = convert(schema, direction);
    for (const [name, definition] of Object.entries(asObject($defs)))
      this.define(name, asObject(definition), direction);
    return this.relink(root, direction);
  }

  /** The schema itself, also when it has a name. */
  inline(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $defs, $schema: _, ...root } = convert(schema, direction);
    const own = names.get(schema)?.id;
    const definitions = asObject($defs);
    for (const [name, definition] of Object.entries(definitions)) {
      if (name !== own) this.define(name, asObject(definition), direction);
    }
    return this.relink(own === undefined ? root : withoutId(asObject(definitions[own])), direction);
  }

  /** Sorted by name, so that an unrelated change moves nothing. */
  all(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What callers send and what they get may differ by defaults: then the input has a name of its own. */
  private define(name: string, definition: JsonSchema, direction: Direction) {
    const linked = this.relink(withoutId(definition), direction);
    const known = this.found.get(name);
    const isOther = known !== undefined && JSON.stringify(known) !== JSON.stringify(linked);
    if (isOther && direction === 'output') throw new Error(`${name} is defined twice; its input has to come last`);
    this.found.set(isOther ? inputName(name) : name, linked);
  }

  private relink(schema: JsonSchema, direction: Direction): JsonSchema {
    const text = JSON.stringify(schema).replaceAll(/"#\/\$defs\/(\w+)"/g, (_, name: string) => {
      const isInput = direction === 'input' && this.found.has(inputName(name));
      return JSON.stringify(`${this.prefix}${isInput ? inputName(name) : name}`);
    });
    return asObject(JSON.parse(text));
  }
}

/** The name a schema has here; JSON Schema would read it as an address. */
function withoutId(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'id'));
}

const inputName = (name: string) => `${name}Input`;

function convert(schema: z.ZodType, direction: Direction): JsonSchema {
  return {
    ...z.toJSONSchema(schema, {
      metadata: names,
      io: direction,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => plain(jsonSchema),
    }),
  };
}

/** Says the same with less: a format needs no pattern beside it, and an integer is safe by itself. */
function plain(schema: JsonSchema) {
  if (typeof schema['format'] === 'string') delete schema['pattern'];
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
}

export function asObject(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
