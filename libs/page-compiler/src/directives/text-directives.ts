import type { PageInline } from '@lab-orchestrator/contracts';
import type { TextDirective } from 'mdast-util-directive';
import type { PageContext } from '../tree/page-context.js';
import { Attributes } from './attributes.js';
import { reportUnknown, reportWrongForm } from './misplaced.js';
import { systemOf } from './systems.js';
import { isDirectiveName } from './directive-table.js';

export function compileTextDirective(node: TextDirective, page: PageContext): PageInline[] {
  const hasAttributes = Object.keys(node.attributes ?? {}).length > 0;
  // "10:am", "alpine:latest": a colon, not a directive.
  if (node.children.length === 0 && !hasAttributes) return [{ type: 'text', value: `:${node.name}` }];
  const children = page.inlines(node.children);
  if (node.name === 'system') return systemLink(node, children, page);
  if (isDirectiveName(node.name)) reportWrongForm(node, node.name, page);
  else reportUnknown(node, page);
  return children;
}

function systemLink(node: TextDirective, children: PageInline[], page: PageContext): PageInline[] {
  const attributes = new Attributes(node, page);
  attributes.checkNames('system');
  const name = attributes.required('name');
  const system = name === undefined ? undefined : systemOf(name, attributes);
  if (!system) return children;
  const access = attributes.text('access');
  const label: PageInline[] = children.length > 0 ? children : [{ type: 'text', value: system.name }];
  if (access === undefined) return [{ type: 'systemLink', system: system.name, children: label }];
  const entry = system.entry(access);
  return entry ? [{ type: 'systemLink', system: system.name, access: entry.name, children: label }] : children;
}
