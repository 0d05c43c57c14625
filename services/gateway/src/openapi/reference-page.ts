import { z } from 'zod';
import { html, raw, type SafeHtml } from './safe-html.js';

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().optional(),
  description: z.string().optional(),
  schema: z.unknown(),
});
const Media = z.record(z.string(), z.object({ schema: z.unknown(), example: z.unknown().optional() }));
const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  summary: z.string(),
  description: z.string(),
  parameters: z.array(Parameter).default([]),
  requestBody: z.object({ content: Media }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string().optional(), content: Media.optional() })),
});
type Operation = z.infer<typeof Operation>;
const Document = z.object({
  info: z.object({ title: z.string(), description: z.string() }),
  servers: z.tuple([z.object({ url: z.string() })]),
  tags: z.array(z.object({ name: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

/** The reference as one page without script: it works offline and under the strictest policy. */
export function referencePage(openApi: unknown): string {
  const { info, servers, tags, paths, components } = Document.parse(openApi);
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path: `${servers[0].url}${path}`, operation })),
  );
  const sections = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    return html`<section>
      <h2 id="${anchor(name)}">${name}</h2>
      ${own.map(operationHtml)}
    </section>`;
  });
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      html`<details id="schema-${name}">
        <summary><code>${name}</code></summary>
        ${jsonHtml(schema)}
      </details>`,
  );
  const links = tags.map(({ name }) => html`<li><a href="#${anchor(name)}">${name}</a></li>`);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}: API reference</title>
        <link rel="stylesheet" href="docs/style.css" />
      </head>
      <body>
        <nav aria-label="Sections">
          <ul>
            ${links}
            <li><a href="#schemas">Schemas</a></li>
            <li><a href="openapi.json">openapi.json</a></li>
          </ul>
        </nav>
        <main>
          <h1>${info.title}: API reference</h1>
          ${info.description.split('\n\n').map((text) => html`<p>${text}</p>`)} ${sections}
          <section>
            <h2 id="schemas">Schemas</h2>
            ${schemas}
          </section>
        </main>
      </body>
    </html>`.text;
}

function operationHtml({ method, path, operation }: { method: string; path: string; operation: Operation }): SafeHtml {
  const { operationId, summary, description, parameters, requestBody, responses } = operation;
  return html`<details id="${operationId}">
    <summary><b class="${method}">${method.toUpperCase()}</b> <code>${path}</code> <span>${summary}</span></summary>
    <p>${description}</p>
    ${
      parameters.length > 0
        ? html`<table>
            <caption>
              Parameters
            </caption>
            ${parameters.map(parameterHtml)}
          </table>`
        : raw('')
    }
    ${
      requestBody
        ? html`<h3>Body</h3>
            ${mediaHtml(requestBody.content)}`
        : raw('')
    }
    ${Object.entries(responses).map(([status, { description: text, content }]) =>
      content
        ? html`<h3>${status} ${text ?? ''}</h3>
            ${mediaHtml(content)}`
        : raw(''),
    )}
    <p>
      Problems:
      ${Object.entries(responses)
        .flatMap(([status, { content }]) => (content ? [] : status))
        .join(', ')}
    </p>
  </details>`;
}

function parameterHtml({ name, in: place, required, description, schema }: z.infer<typeof Parameter>) {
  return html`<tr>
    <td><code>${name}</code></td>
    <td>${place}${required ? ', required' : ''}</td>
    <td>${description ?? JSON.stringify(schema)}</td>
  </tr>`;
}

function mediaHtml(content: z.infer<typeof Media>) {
  return Object.entries(content).map(([type, { schema, example }]) => {
    const shown = example === undefined ? schema : example;
    return html`<p><code>${type}</code> ${schemaLink(schema)}</p>
      ${jsonHtml(shown)}`;
  });
}

function schemaLink(schema: unknown) {
  const name = /"#\/components\/schemas\/(\w+)"/.exec(JSON.stringify(schema) ?? '')?.[1];
  return name ? html`<a href="#schema-${name}">${name}</a>` : raw('');
}

const jsonHtml = (value: unknown) => html`<pre tabindex="0">${JSON.stringify(value, undefined, 2)}</pre>`;
const anchor = (tag: string) => tag.toLowerCase().replaceAll(/\W+/g, '-');
