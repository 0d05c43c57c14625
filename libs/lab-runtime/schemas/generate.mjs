/**
 * Writes TypeScript types for the objects of KubeVirt and CDI from their published OpenAPI definitions.
 *
 *   node schemas/generate.mjs                 types from the definitions kept here
 *   node schemas/generate.mjs take FOLDER     first renews those from FOLDER/{kubevirt,cdi}.swagger.json
 *
 * Kept is only what the roots below need, a file for each type. Types of Kubernetes itself come from
 * @kubernetes/client-node; those of CDI that KubeVirt repeats come from CDI.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const types = join(here, '../src/kubernetes/types');

const sources = {
  kubevirt: {
    roots: [
      'v1.VirtualMachine',
      'v1.VirtualMachineInstance',
      'v1beta1.VirtualMachineSnapshot',
      'v1beta1.VirtualMachineRestore',
    ],
    foreign: (name) => foreignOf(/^k8s\.io\.(?:api\.core|apimachinery\.pkg\.apis\.meta)\.v1\.(\w+)$/, name),
    quantity: 'k8s.io.apimachinery.pkg.api.resource.Quantity',
  },
  cdi: {
    roots: ['v1beta1.DataVolume', 'v1beta1.DataSource', 'v1beta1.UploadTokenRequest'],
    foreign: (name) => foreignOf(/^v1\.(\w+)$/, name),
    quantity: 'resource.Quantity',
  },
};

/** How a definition of Kubernetes is written: a plain type, or the name client-node has for it. */
function foreignOf(pattern, name) {
  const kind = pattern.exec(name)?.[1];
  if (kind === undefined) return undefined;
  return { Time: 'string', MicroTime: 'string', Duration: 'string' }[kind] ?? `V1${kind}`;
}

const referenced = (schema) =>
  [...JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)].map(([, name]) => name);

function take(folder) {
  for (const [source, { roots, foreign, quantity }] of Object.entries(sources)) {
    const { info, definitions } = JSON.parse(readFileSync(join(folder, `${source}.swagger.json`), 'utf8'));
    const kept = {};
    for (let todo = roots; todo.length > 0;) {
      const [name, ...rest] = todo;
      todo = rest;
      if (kept[name] || foreign(name) || name === quantity) continue;
      kept[name] = definitions[name];
      todo.push(...referenced(definitions[name]));
    }
    const sorted = Object.fromEntries(Object.entries(kept).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    const { title, contact, license } = info;
    writeFileSync(
      join(here, `${source}.json`),
      JSON.stringify({ title, source: contact.url, license, definitions: sorted }),
    );
  }
}

/** `v1beta1.DataVolumeSource` in KubeVirt's definitions is CDI's; KubeVirt has one of its own. */
const own = (name) =>
  name === 'v1beta1.DataVolumeSource' ? 'DataVolumeImportSource' : name.replace(/^v1(?:(?:alpha|beta)\d)?\./, '');
const comment = (text, indent = '') =>
  text ? `${indent}/** ${text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ').trim()} */\n` : '';

/** `DataVolumeSourceHTTP` → `data-volume-source-http` */
const fileName = (type) => type.replaceAll(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3-$2').toLowerCase();

const definitionsOf = (source) => JSON.parse(readFileSync(join(here, `${source}.json`), 'utf8'));
const ofCdi = definitionsOf('cdi').definitions;

/** What a type is called, and the module it comes from. */
function reference(name, sourceName) {
  const other = sources[sourceName].foreign(name);
  if (other !== undefined) return { type: other, from: other.startsWith('V1') ? '@kubernetes/client-node' : undefined };
  const type = own(name);
  const folder = sourceName === 'cdi' || !(name in ofCdi) ? '.' : '../cdi';
  return { type, from: `${folder}/${fileName(type)}.js` };
}

/** @param used is told every other type that the text names */
function typeOf(schema, sourceName, used) {
  const target = schema?.$ref ?? schema?.allOf?.[0]?.$ref;
  if (target) {
    const name = target.replace('#/definitions/', '');
    if (name === sources[sourceName].quantity) return 'string';
    const { type, from } = reference(name, sourceName);
    if (from !== undefined) used.set(type, from);
    return type;
  }
  const nested = (part) => typeOf(part, sourceName, used);
  if (schema?.format === 'int-or-string') return 'string | number';
  if (Array.isArray(schema?.type)) return schema.type.map((type) => nested({ type })).join(' | ');
  if (schema?.type === 'null') return 'null';
  if (schema?.type === 'array') return `Array<${nested(schema.items)}>`;
  if (schema?.additionalProperties) return `Record<string, ${nested(schema.additionalProperties)}>`;
  if (schema?.type === 'integer' || schema?.type === 'number') return 'number';
  if (schema?.type === 'string' || schema?.type === 'boolean') return schema.type;
  return 'Record<string, unknown>';
}

/** The file of one definition. */
function fileOf(name, definition, sourceName, head) {
  const { description, required = [], properties } = definition;
  const used = new Map();
  const root = sources[sourceName].roots.includes(name);
  const fields = Object.entries(properties ?? {}).map(([field, schema]) => {
    // An object that is written names its kind; the definitions do not insist on it.
    const kept = root && ['apiVersion', 'kind', 'metadata'].includes(field);
    const optional = kept || required.includes(field) ? '' : '?';
    const key = /^\w+$/.test(field) ? field : `'${field}'`;
    return `${comment(schema.description, '  ')}  ${key}${optional}: ${typeOf(schema, sourceName, used)};\n`;
  });
  const body = properties ? `{\n${fields.join('')}}` : typeOf(definition, sourceName, used);
  const imports = [...used]
    .filter(([type]) => type !== own(name))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, from]) => `import type { ${type} } from '${from}';\n`);
  return `${head}${imports.join('')}\n${comment(description)}export type ${own(name)} = ${body};\n`;
}

function generate(sourceName) {
  const { title, source: url, definitions } = definitionsOf(sourceName);
  const folder = join(types, sourceName);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const head = `// Generated by schemas/generate.mjs from the OpenAPI definitions of ${title} ${url}. Do not edit.\n`;
  for (const [name, definition] of Object.entries(definitions)) {
    if (sourceName !== 'cdi' && name in ofCdi) continue;
    writeFileSync(join(folder, `${fileName(own(name))}.ts`), fileOf(name, definition, sourceName, head));
  }
  return folder;
}

const [verb, folder] = process.argv.slice(2);
if (verb === 'take') take(folder);
const folders = Object.keys(sources).map(generate);
const formatted = [...folders, ...Object.keys(sources).map((name) => join(here, `${name}.json`))];
execFileSync('npx', ['oxfmt', ...formatted], { stdio: 'inherit', cwd: join(here, '../../..') });
