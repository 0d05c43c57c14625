import { keysAt, descriptionAt, schemasAt, valuesAt } from './schema-walk.js';
import { type Knowledge, named, type Suggestion, type Suggestions, variablesAt } from './suggestion.js';
import { type PathPart, yamlPlace } from './yaml-place.js';

/** What can be written in `lab.yaml` at an offset: keys and values of its schema, and names of the lab. */
export function completeLabFile(text: string, offset: number, knowledge: Knowledge): Suggestions | undefined {
  const variables = variablesAt(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset), knowledge);
  if (variables !== undefined) return variables;
  const place = yamlPlace(text, offset);
  if (place === undefined) return undefined;
  const { path, role, siblings, word } = place;
  const keys = role === 'key' ? keysAt(knowledge.schema, path, siblings) : [];
  const items: Suggestion[] =
    keys.length > 0
      ? keys.map(({ key, description, nested, required }) => ({
          label: key,
          insert: nested ? `${key}:` : `${key}: `,
          detail: required ? '*' : undefined,
          info: description,
          kind: 'key',
        }))
      : [...namesAt(path, siblings, knowledge), ...choicesAt(path, knowledge)];
  return items.length === 0 ? undefined : { typed: word.length, items };
}

const choicesAt = (path: PathPart[], { schema }: Knowledge): Suggestion[] =>
  valuesAt(schema, path).map(({ value, isDefault }) => ({
    label: value,
    detail: isDefault ? '=' : undefined,
    info: descriptionAt(schema, path),
    kind: 'value',
  }));

/** Where the schema only says "a text", but the lab or the platform knows which. */
function namesAt(path: PathPart[], siblings: ReadonlyMap<string, string>, knowledge: Knowledge): Suggestion[] {
  const { names, images, paths } = knowledge;
  // A place that the schema does not know gets no names either.
  if (schemasAt(knowledge.schema, path).length === 0) return [];
  const where = path.map((part) => (part === 0 ? '[]' : part)).join('.');
  switch (where) {
    case 'systems.[].networks.[]':
      return named(names.networks);
    case 'systems.[].preset':
      return named(names.presets);
    case 'systems.[].image':
      return named(imagesOf('container', images));
    case 'systems.[].disks.[].image':
    case 'systems.[].disks.[].cdrom':
      return named(imagesOf('disk', images));
    case 'systems.[].files.[].from':
      return siblings.has('content')
        ? []
        : named(
            paths.filter((file) => file !== 'lab.yaml'),
            'file',
          );
    case 'languages.[]':
      return named(['en', 'de'].filter((language) => !names.languages.includes(language)));
    default:
      return [];
  }
}

const imagesOf = (kind: 'container' | 'disk', images: Knowledge['images']) =>
  images.filter((image) => image.kind === kind).map(({ name }) => name);
