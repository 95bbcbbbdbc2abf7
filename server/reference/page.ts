/** The description of the API as a page: written on the server, without scripts, in the look of the search page (`web/docs.css`). */
import type { Content, Example, JsonSchema, OpenApi, Operation, Parameter } from './openapi.js';

/** The whole page. Its links are relative, so that it also works behind a path prefix. */
export function referencePage(api: OpenApi): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const groups = api.tags.map((tag) => ({ tag, members: operations.filter(({ operation }) => operation.tags.includes(tag.name)) }));
  const contents = groups.map(
    ({ tag, members }) =>
      `<li>${text(tag.name)}<ul>${members
        .map(
          ({ method, path, operation }) =>
            `<li><a href="#${text(operation.operationId)}"><code>${method} ${text(path)}</code></a> ${text(operation.summary)}</li>`,
        )
        .join('')}</ul></li>`,
  );
  const sections = groups.map(
    ({ tag, members }) =>
      `<section><h2>${text(tag.name)}</h2>${prose(tag.description)}${members
        .map(({ method, path, operation }) => operationSection(method, path, operation))
        .join('')}</section>`,
  );
  const schemas = Object.entries(api.components.schemas).map(
    ([name, schema]) => `<article id="schema-${text(name)}"><h3>${text(name)}</h3>${schemaBody(schema)}</article>`,
  );
  return `<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>${text(api.info.title)}: API reference</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="./docs.css">
</head>
<body class="reference">
<header class="masthead"><div class="masthead-inner"><a class="name" href="./" lang="ur" dir="rtl">جستجو</a></div></header>
<main class="page">
<h1>API reference <small>${text(api.info.version)}</small></h1>
${prose(api.info.description)}
<p>The same for programs: <a href="./openapi.json">openapi.json</a> (OpenAPI 3.1). To try requests: <a href="./playground">playground</a>. <a href="${text(api.externalDocs.url)}" rel="noreferrer">${text(api.externalDocs.description)}</a>.</p>
<nav aria-label="Routes"><ul>${contents.join('')}</ul></nav>
${sections.join('\n')}
<section><h2>Schemas</h2>${schemas.join('\n')}</section>
</main>
</body>
</html>
`;
}

function operationSection(method: string, path: string, operation: Operation): string {
  const { parameters = [], requestBody, responses, security } = operation;
  const access =
    security?.some((way) => Object.keys(way).length === 0) === true ? '' : '<p class="access">Needs a key, where keys are configured.</p>';
  return `<article id="${text(operation.operationId)}">
<h3><code>${method} ${text(path)}</code></h3>
<p><strong>${text(operation.summary)}.</strong></p>
${operation.description === undefined ? '' : prose(operation.description)}${access}
${parameters.length === 0 ? '' : `<h4>Parameters</h4><dl>${parameters.map(parameterItem).join('')}</dl>`}
${requestBody === undefined ? '' : `<h4>Body</h4>${contentBody(requestBody.content)}`}
<h4>Answers</h4>
<dl>${Object.entries(responses)
    .map(
      ([status, answer]) =>
        `<dt><code>${status === 'default' ? 'otherwise' : text(status)}</code> ${text(answer.description)}</dt><dd>${contentBody(answer.content)}</dd>`,
    )
    .join('')}</dl>
</article>`;
}

const parameterItem = ({ name, in: place, required, description, schema, example }: Parameter): string =>
  `<dt><code>${text(name)}</code> <span class="type">${typeOf(schema)}, in the ${place === 'path' ? 'path' : 'query string'}${required ? ', required' : ''}</span></dt><dd>${prose(description)}${
    example === undefined ? '' : `<p>For example <code>${bidi(String(example))}</code></p>`
  }</dd>`;

const contentBody = (content: Content): string =>
  Object.entries(content)
    .map(
      ([type, { schema, examples = {} }]) =>
        `<p><code>${text(type)}</code> <span class="type">${typeOf(schema)}</span></p>${Object.values(examples).map(exampleFigure).join('')}`,
    )
    .join('');

const exampleFigure = ({ summary, value }: Example): string =>
  `<figure>${summary === undefined ? '' : `<figcaption>${text(summary)}</figcaption>`}<pre tabindex="0"><code>${jsonText(value)}</code></pre></figure>`;

/** What a schema says in a line: a name that leads to it, or the kind of value. */
function typeOf(schema: JsonSchema): string {
  const { $ref, type, items, anyOf, enum: values, const: value, additionalProperties, properties } = schema as Loose;
  if ($ref !== undefined) {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return `<a href="#schema-${text(name)}">${text(name)}</a>`;
  }
  if (value !== undefined) return `<code>${text(JSON.stringify(value))}</code>`;
  if (values !== undefined) return values.map((one) => `<code>${text(JSON.stringify(one))}</code>`).join(' or ');
  if (anyOf !== undefined) return anyOf.map(typeOf).join(' or ');
  if (type === 'array') return `list of ${items === undefined ? 'anything' : typeOf(items)}`;
  if (type === 'object' && properties === undefined && isSchema(additionalProperties)) return `object of ${typeOf(additionalProperties)}`;
  if (type === undefined) return 'anything';
  return text([type].flat().join(' or '));
}

/** The parts of a schema that the page shows. */
interface Loose {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
}

const isSchema = (value: unknown): value is JsonSchema => value !== null && typeof value === 'object' && Object.keys(value).length > 0;

/** A schema in full: its description, its properties, and those of what it holds. */
function schemaBody(schema: JsonSchema, isInner = false): string {
  const { $ref, description, properties, required = [], items, anyOf, additionalProperties } = schema as Loose;
  // A name leads to where it is described.
  if ($ref !== undefined && isInner) return '';
  const own = Object.entries(properties ?? {}).map(([name, property]) => {
    const { description: about, default: otherwise } = property as Loose;
    const notes = [
      required.includes(name) ? 'required' : '',
      otherwise === undefined ? '' : `default <code>${text(JSON.stringify(otherwise))}</code>`,
    ];
    return `<dt><code>${text(name)}</code> <span class="type">${[typeOf(property), ...notes.filter((note) => note !== '')].join(', ')}</span></dt><dd>${
      about === undefined ? '' : prose(about)
    }${innerBody(property)}</dd>`;
  });
  return [
    isInner || description === undefined ? '' : prose(description),
    isInner ? '' : `<p class="type">${typeOf(schema)}</p>`,
    own.length === 0 ? '' : `<dl>${own.join('')}</dl>`,
    properties !== undefined && additionalProperties !== undefined ? '<p class="type">and further fields</p>' : '',
    items === undefined ? '' : schemaBody(items, true),
    ...(anyOf ?? []).map((one) => innerBody(one)),
  ].join('');
}

const innerBody = (schema: JsonSchema): string => {
  const body = schemaBody(schema, true);
  return body === '' ? '' : `<div class="inner">${body}</div>`;
};

/** Paragraphs, with `code` in backquotes. */
const prose = (words: string): string =>
  words
    .split('\n\n')
    .map((paragraph) => `<p>${text(paragraph).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('');

const bidi = (words: string): string => `<bdi>${text(words)}</bdi>`;

/** JSON with each string isolated, so that Urdu in one does not turn the signs around it. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2)
    .split(/("(?:[^"\\]|\\.)*")/)
    .map((piece, i) => (i % 2 === 1 ? bidi(piece) : text(piece)))
    .join('');

const text = (words: string): string => words.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
