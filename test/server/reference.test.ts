import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { description } from '../../server/reference/description.js';
import type { Content, JsonSchema, Method, Operation } from '../../server/reference/openapi.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

/**
 * The description of the API, held against itself and against a running server: every example fits its schema, every route is asked what its examples ask, and
 * answers what they say.
 */

/** The description with closed objects: a field that it does not name is an error here, though not for those who read answers. */
const closed = JSON.parse(JSON.stringify(description), (_key, value: unknown) =>
  value !== null && typeof value === 'object' && 'properties' in value && 'type' in value && !('additionalProperties' in value)
    ? { ...value, additionalProperties: false }
    : value,
) as typeof description;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addSchema({ $id: 'api', components: { schemas: closed.components.schemas } });
// What OpenAPI adds to JSON Schema beside the schemas is no keyword of them.
ajv.addVocabulary(['components']);

const validators = new Map<string, ValidateFunction>();
function expectFits(schema: JsonSchema, value: unknown): void {
  const text = JSON.stringify(schema).replaceAll('"#/components', '"api#/components');
  const validate = validators.get(text) ?? ajv.compile(JSON.parse(text) as object);
  validators.set(text, validate);
  validate(value);
  expect({ value, errors: validate.errors ?? null }).toEqual({ value, errors: null });
}

interface Route {
  readonly method: Method;
  readonly path: string;
  readonly operation: Operation;
}
const routes: readonly Route[] = Object.entries(closed.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method as Method, path, operation })),
);
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method.toUpperCase()} ${path}`;

describe('the description', () => {
  const contents = routes.flatMap((route): [string, Content][] => [
    [`${nameOf(route)}: body`, route.operation.requestBody?.content ?? {}],
    ...Object.entries(route.operation.responses).map(([status, { content }]): [string, Content] => [
      `${nameOf(route)}: ${status}`,
      content,
    ]),
  ]);
  const withExamples = contents.filter(([, content]) => Object.values(content).some(({ examples }) => examples !== undefined));

  it.each(withExamples)('%s: examples fit their schema', (_name, content) => {
    for (const { schema, examples = {} } of Object.values(content)) {
      for (const { value } of Object.values(examples)) expectFits(schema, value);
    }
  });

  it('has an example of each parameter that must be given, and examples that fit', () => {
    for (const { operation } of routes) {
      for (const { required, schema, example } of operation.parameters ?? []) {
        if (required) expect(example).toBeDefined();
        if (example !== undefined) expectFits(schema, example);
        if (schema['default'] !== undefined) expectFits(schema, schema['default']);
      }
    }
  });

  it('refers to schemas that are there, uses all of them, and names each operation once', () => {
    const referred = new Set([...JSON.stringify(description).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name));
    expect([...referred].sort()).toEqual(Object.keys(description.components.schemas).sort());
    const ids = routes.map(({ operation }) => operation.operationId);
    expect(ids).toEqual([...new Set(ids)]);
    for (const { path, operation } of routes) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => `{${name}}`);
      expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
    }
  });

  it('has the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect(description.info.version).toBe(version);
  });

  it('a field that is not described would be found', () => {
    expect(() => expectFits({ $ref: '#/components/schemas/Health' }, { status: 'available', more: 1 })).toThrow();
    expect(() =>
      expectFits({ $ref: '#/components/schemas/SearchAnswer' }, { hits: [], query: '', processingTimeMs: 0, urdu: { a: 1 } }),
    ).toThrow();
  });
});

describe('the server', () => {
  let justuju: TestJustuju;

  /** The path of a route with the examples of its parameters. */
  function pathOf({ path, operation }: Route): string {
    const parameters = operation.parameters ?? [];
    const filled = parameters.reduce((so, { name, example }) => so.replace(`{${name}}`, String(example)), path);
    const asked = parameters.filter((parameter) => parameter.in === 'query' && parameter.example !== undefined);
    const search = new URLSearchParams(asked.map(({ name, example }): [string, string] => [name, String(example)])).toString();
    return search === '' ? filled : `${filled}?${search}`;
  }

  const send = (route: Route, body?: unknown): Promise<Answer> => request(justuju.url, route.method.toUpperCase(), pathOf(route), body);

  /** The answer fits the schema under its status, and holds what the example says. */
  function expectAsDescribed({ operation }: Route, answer: Answer, example: unknown, status = '200'): void {
    expect(String(answer.status)).toBe(status);
    const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
    const media = operation.responses[status]?.content[type];
    if (media === undefined) throw new Error(`${status} as ${type} is not described`);
    expectFits(media.schema, answer.body);
    if (example !== undefined) expect(steady(answer.body)).toMatchObject(steady(example) as object);
  }

  const routeOf = (name: string): Route => {
    const found = routes.find((route) => nameOf(route) === name);
    if (found === undefined) throw new Error(`${name} is not described`);
    return found;
  };
  const bodiesOf = ({ operation }: Route): [string, unknown][] =>
    Object.entries(operation.requestBody?.content['application/json']?.examples ?? {}).map(([name, { value }]) => [name, value]);
  const answerExamples = ({ operation }: Route, status: string): Readonly<Record<string, { value: unknown }>> =>
    Object.values(operation.responses[status]?.content ?? {})[0]?.examples ?? {};

  const writes = [
    'PATCH /indexes/{uid}/settings',
    'POST /indexes/{uid}/documents',
    'PUT /indexes/{uid}/documents',
    'PUT /indexes/{uid}/pins',
  ];
  /** They answer with another status than 200, and are asked by themselves. */
  const others = ['DELETE /indexes/{uid}/pins', 'POST /events'];

  beforeAll(async () => {
    justuju = await startJustuju({ webFolder: 'web' });
    for (const name of writes) {
      const route = routeOf(name);
      const [[, body] = []] = bodiesOf(route);
      const answer = await send(route, body);
      expectAsDescribed(route, answer, answerExamples(route, '202')['example']?.value, '202');
      expect((await finished(justuju.url, answer.body.taskUid)).status).toBe('succeeded');
    }
    // Words by sound are prepared behind the first answers.
    await eventually('a completion from Roman letters', async () => {
      const { suggestions } = (await request(justuju.url, 'GET', '/suggest?q=ghal&index=books')).body as {
        suggestions: { kind: string }[];
      };
      return suggestions.some(({ kind }) => kind === 'words') || undefined;
    });
    await eventually('the store is in step', async () => {
      const { stores } = (await request(justuju.url, 'GET', '/ready')).body as { stores?: { inStep: boolean }[] };
      return (stores?.length === 1 && stores[0]?.inStep) || undefined;
    });
  });
  afterAll(() => justuju?.stop());

  const reads = routes.filter((route) => ![...writes, ...others].includes(nameOf(route))).map((route) => [nameOf(route), route] as const);

  it('gives the description', async () => {
    expect((await request(justuju.url, 'GET', '/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(description)));
  });

  it.each(reads)('%s answers as described', async (_name, route) => {
    const bodies = bodiesOf(route);
    const examples = answerExamples(route, '200');
    for (const [name, body] of bodies) expectAsDescribed(route, await send(route, body), examples[name]?.value);
    if (bodies.length === 0) expectAsDescribed(route, await send(route), examples['example']?.value);
  });

  it('takes an event, and forgets a pin, as described', async () => {
    const event = routeOf('POST /events');
    const [[, body] = []] = bodiesOf(event);
    expect((await send(event, body)).status).toBe(201);
    const pins = routeOf('DELETE /indexes/{uid}/pins');
    expectAsDescribed(pins, await send(pins), answerExamples(pins, '202')['example']?.value, '202');
  });

  it.each([
    ['POST /indexes/{uid}/search', { urdu: { exakt: true } }, ''],
    ['GET /suggest', undefined, '&limit=500'],
    ['POST /analyze', {}, ''],
    ['POST /events', { eventType: 'view' }, ''],
    ['PUT /indexes/{uid}/pins', { query: 'نئی کتابیں', documents: [] }, ''],
    ['GET /analytics/queries', undefined, '&list=some'],
  ])('%s refuses as described', async (name, body, more) => {
    const route = routeOf(name);
    const answer = await request(justuju.url, route.method.toUpperCase(), pathOf(route) + more, body);
    expectAsDescribed(route, answer, answerExamples(route, '400')['example']?.value, '400');
  });

  it.each(['POST', 'PUT'])('%s /indexes/{uid}/documents refuses NDJSON that is cut off as described', async (method) => {
    const route = routeOf(`${method} /indexes/{uid}/documents`);
    const [[, documents] = []] = bodiesOf(routeOf('POST /indexes/{uid}/documents'));
    const [first, second, third] = (documents as object[]).map((document) => JSON.stringify(document));
    const body = [first, second, third?.slice(0, -5)].join('\n');
    const answer = await request(justuju.url, method, pathOf(route), body, { 'content-type': 'application/x-ndjson' });
    const task = /task \d+/;
    const [told] = task.exec(answer.body.message) ?? [];
    const example = answerExamples(route, '400')['example']?.value as { message: string };
    expectAsDescribed(route, answer, { ...example, message: example.message.replace(task, told ?? 'no task') }, '400');
  });

  it('gives every other refusal the shape of the description', async () => {
    for (const route of routes) {
      const refused = route.operation.responses['default']?.content['application/json']?.schema;
      if (refused === undefined || !route.path.includes('{uid}') || route.method === 'post' || route.method === 'put') continue;
      const answer = await request(
        justuju.url,
        route.method.toUpperCase(),
        pathOf(route).replace('/books', '/a%20b'),
        route.method === 'patch' ? {} : undefined,
      );
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expectFits(refused, answer.body);
    }
  });

  it('shows the description as a page that loads nothing but its own style', async () => {
    const { body, headers } = await request(justuju.url, 'GET', '/docs');
    const html = body as string;
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script|<style|\sstyle=|\son\w+=|src=/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link as string);
    expect(links.filter((link) => !link.startsWith('#'))).toEqual([
      'data:,',
      './docs.css',
      './',
      './openapi.json',
      './playground',
      description.externalDocs.url,
    ]);
    expect((await request(justuju.url, 'GET', '/docs.css')).status).toBe(200);
    const ids = new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => `#${id as string}`));
    for (const link of links.filter((one) => one.startsWith('#'))) expect(ids).toContain(link);
    for (const { operation } of routes) expect(html).toContain(`id="${operation.operationId}"`);
    for (const name of Object.keys(description.components.schemas)) expect(html).toContain(`id="schema-${name}"`);
    const fromFolder = await fetch(`${justuju.url}/docs/`);
    expect(fromFolder.url).toBe(`${justuju.url}/docs`);
  });
});

/** Without what is another each time: times, numbers of tasks, how sure a reading is. */
function steady(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    ['processingTimeMs', 'taskUid', 'enqueuedAt', 'weight', 'weightedRankingScore'].includes(key) ? undefined : inner,
  );
}
