import { createHash } from 'node:crypto';
import type { JsonSchema } from '../json-schema.ts';
import type { ApiOperation, MediaType, OpenApiDocument, Parameter } from '../openapi/types.ts';
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

interface Page {
  readonly html: string;
  /** The Content-Security-Policy under which it works: its own style and nothing else. */
  readonly policy: string;
}

/** The document as a page to read: static, without a script, and nothing from elsewhere. */
export function referencePage(document: OpenApiDocument): Page {
  const { info, tags } = document;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${info.title} API</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<nav>
<strong>${info.title} API</strong>
<ul>${tags.map(({ name }) => html`<li><a href="#${name}">${name}</a></li>`)}</ul>
<p><a href="openapi.json">openapi.json</a></p>
</nav>
<main>
<h1>${info.title} API</h1>
${info.description.split('\n\n').map((text) => html`<p>${text}</p>`)}
${tags.map((tag) => section(document, tag))}
</main>
</body>
</html>
`;
  const digest = createHash('sha256').update(STYLE).digest('base64');
  return {
    html: page.text,
    policy: `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  };
}

/** Our own constant: the only text that is not escaped. */
function raw(style: typeof STYLE): Html {
  return new Html(style);
}

function section(document: OpenApiDocument, tag: { name: string; description: string }): Html {
  const found = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([, operation]) => operation.tags.includes(tag.name))
      .map(([method, operation]) => entry(document, method, path, operation)),
  );
  return html`<section id="${tag.name}">
<h2>${tag.name}</h2>
<p>${tag.description}</p>
${found}
</section>`;
}

function entry(
  document: OpenApiDocument,
  method: string,
  path: string,
  operation: ApiOperation,
): Html {
  const body = operation.requestBody?.content['application/json'];
  const [status, success] =
    Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
  const answer = success?.content?.['application/json'];
  return html`<details id="${operation.operationId}">
<summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${path}</code>
<span class="dim">${operation.summary}</span></summary>
<div>
<p>${operation.description} <span class="dim">In the SDK: <code>${operation.operationId}</code></span></p>
${parameterTable(document, operation)}
${body === undefined ? [] : html`<h4>Body</h4>${fieldTable(body.schema)}${example(body)}`}
${answer === undefined ? [] : html`<h4>Answer ${status ?? ''}</h4>${example(answer)}`}
<h4>Refusals</h4>
${refusals(document, operation)}
</div>
</details>`;
}

function parameterTable({ components }: OpenApiDocument, { parameters }: ApiOperation): Html {
  const known = parameters.flatMap((parameter): Parameter[] => {
    if (!('$ref' in parameter)) return [parameter];
    const shared = components.parameters[lastOf(parameter.$ref)];
    return shared === undefined ? [] : [shared];
  });
  if (known.length === 0) return html``;
  return html`<h4>Parameters</h4><table>
<tr><th>name</th><th>in</th><th>type</th><th></th></tr>
${known.map(
  ({ name, in: place, required, schema, description = '' }) => html`<tr>
<td><code>${name}</code>${required ? '' : html` <span class="dim">optional</span>`}</td>
<td>${place}</td><td>${typeText(schema)}</td><td>${description}</td></tr>`,
)}
</table>`;
}

function fieldTable({ properties = {}, required = [] }: JsonSchema): Html {
  return html`<table>
<tr><th>field</th><th>type</th><th></th></tr>
${Object.entries(properties).map(
  ([name, schema]) => html`<tr>
<td><code>${name}</code>${required.includes(name) ? '' : html` <span class="dim">optional</span>`}</td>
<td>${typeText(schema)}</td><td>${schema.description ?? ''}</td></tr>`,
)}
</table>`;
}

function refusals({ components }: OpenApiDocument, { responses }: ApiOperation): Html {
  const rows = Object.entries(responses).flatMap(([status, { content }]) =>
    Object.keys(content?.['application/json']?.examples ?? {}).map(
      (code) => html`<tr><td>${status}</td><td><code>${code}</code></td>
<td>${components.examples[code]?.summary ?? ''}</td></tr>`,
    ),
  );
  return html`<table><tr><th>status</th><th>code</th><th></th></tr>${rows}</table>`;
}

function example({ example: value }: MediaType): Html {
  return html`<pre>${JSON.stringify(value, null, 2) ?? ''}</pre>`;
}

function typeText(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return lastOf(schema.$ref);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return choices.map(typeText).join(' or ');
  if (schema.enum !== undefined) return schema.enum.map(String).join(', ');
  if (schema.type === 'array') return `list of ${typeText(schema.items ?? {})}`;
  return String(schema.type ?? 'any');
}

function lastOf(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}
