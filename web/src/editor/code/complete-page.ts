import { directiveTable, type DirectiveName } from '@lab-orchestrator/page-compiler';
import { folderOf } from '../model/lab-files.js';
import { directiveTemplates } from './directive-templates.js';
import { type Knowledge, named, type Suggestion, type Suggestions, variablesAt } from './suggestion.js';

const isDirective = (name: string): name is DirectiveName => Object.hasOwn(directiveTable, name);

/** What can be written in a page: directives, their attributes, and names of the lab. */
export function completePage(file: string, head: string, knowledge: Knowledge): Suggestions | undefined {
  return (
    variablesAt(head, knowledge) ??
    attributesAt(file, head, knowledge) ??
    targetsAt(file, head, knowledge) ??
    directivesAt(head)
  );
}

/** `:`, `::` and `:::` begin what fits into a line, on a line and around lines. */
function directivesAt(head: string): Suggestions | undefined {
  const {
    colons = '',
    written = '',
    before = '',
  } = /(?<before>^|[^:\w])(?<colons>:{1,8})(?<written>[a-z]*)$/.exec(head)?.groups ?? {};
  if (colons === '') return undefined;
  const form = colons.length === 1 ? 'text' : colons.length === 2 ? 'leaf' : 'container';
  // On a line of its own only; a lone colon is more often punctuation.
  if (form !== 'text' && head.slice(0, head.length - colons.length - written.length).trim() !== '') return undefined;
  if (form === 'text' && written === '' && before.trim() !== '' && before !== '(') return undefined;
  const items = Object.entries(directiveTable).flatMap(([name, rule]): Suggestion[] => {
    if (rule.form !== form || !isDirective(name)) return [];
    const insert = directiveTemplates[name].replace(/\n:::$/, `\n${colons}`);
    return [{ label: name, insert, template: true, detail: rule.attributes.join(', '), kind: 'directive' }];
  });
  return { typed: written.length, items };
}

const openBraces = /:+(?<name>[a-z]+)(?:\[[^\]]*\])?\{(?<inside>(?:[^}"]|"[^"]*")*(?:"[^"]*)?)$/;

function attributesAt(file: string, head: string, knowledge: Knowledge): Suggestions | undefined {
  const { name = '', inside = '' } = openBraces.exec(head)?.groups ?? {};
  if (!isDirective(name)) return undefined;
  const value = /(?:^|\s)(?<attribute>[a-z]+)=(?:"(?<quoted>[^"]*)|(?<plain>[^"\s]*))$/.exec(inside)?.groups;
  if (value !== undefined) {
    const items = valuesOf(name, value['attribute'] ?? '', inside, file, knowledge);
    return { typed: (value['quoted'] ?? value['plain'] ?? '').length, items };
  }
  const written = /(?:^|\s)([a-z]*)$/.exec(inside)?.[1];
  if (written === undefined) return undefined;
  const items = directiveTable[name].attributes
    .filter((attribute) => !new RegExp(String.raw`(^|\s)${attribute}=`).test(inside))
    .map((attribute): Suggestion => ({ label: attribute, insert: `${attribute}=`, kind: 'key' }));
  return { typed: written.length, items };
}

function valuesOf(
  directive: DirectiveName,
  attribute: string,
  inside: string,
  file: string,
  knowledge: Knowledge,
): Suggestion[] {
  const { systems } = knowledge.names;
  switch (attribute) {
    case 'system':
      return named(systems.map(({ name }) => name));
    case 'name':
      return directive === 'system' ? named(systems.map(({ name }) => name)) : [];
    case 'access': {
      const chosen = /(?:^|\s)(?:system|name)=["']?([\w-]+)/.exec(inside)?.[1];
      const of = systems.filter(({ name }) => chosen === undefined || name === chosen);
      return named([...new Set(of.flatMap(({ access }) => access.map(({ name }) => name)))]);
    }
    case 'from':
      return named(
        knowledge.paths.filter((path) => !path.endsWith('.md') && path !== 'lab.yaml'),
        'file',
      );
    case 'src':
    case 'poster':
      return named(targets(file, knowledge), 'file');
    case 'type':
      return directive === 'quiz' ? named(['text', 'number'], 'value') : [];
    case 'return':
    case 'case':
      return named(['true', 'false'], 'value');
    default:
      return [];
  }
}

/** Behind `](`: pages, pictures and other files, as they are reached from this page. */
function targetsAt(file: string, head: string, knowledge: Knowledge): Suggestions | undefined {
  const written = /\]\(([^()\s]*)$/.exec(head)?.[1];
  return written === undefined ? undefined : { typed: written.length, items: named(targets(file, knowledge), 'file') };
}

const targets = (file: string, { paths }: Knowledge) =>
  paths.filter((path) => path !== file && path !== 'lab.yaml').map((path) => relativePath(file, path));

/** How `to` is written in `file`. */
export function relativePath(file: string, to: string): string {
  const from = folderOf(file).split('/').slice(0, -1);
  const parts = to.split('/');
  let shared = 0;
  while (shared < from.length && shared < parts.length - 1 && from[shared] === parts[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...parts.slice(shared)].join('/');
}
