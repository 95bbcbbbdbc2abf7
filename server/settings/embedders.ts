/**
 * Embedders that make a text of each document. Meilisearch's own template for it names all searchable fields, and those are the shadows here: an embedder without a
 * template of its own gets one that names the client's fields instead.
 */
import { isObject } from '../json/is-object.js';

export type Embedder = Readonly<Record<string, unknown>>;
export type Embedders = Readonly<Record<string, Embedder | null>>;

export const isEmbedders = (value: unknown): value is Embedders =>
  isObject(value) && Object.values(value).every((embedder) => embedder === null || isObject(embedder));

/** What Meilisearch takes, and shows, where no template is set (1.21). */
const MEILISEARCH_TEMPLATE =
  '{% for field in fields %}{% if field.is_searchable and field.value != nil %}{{ field.name }}: {{ field.value }}\n{% endif %}{% endfor %}';

/**
 * The same text from the client's fields: for each searchable shadow the field that it is of, so it follows `searchableAttributes` as Meilisearch's does.
 * `_urdu5.id_` is of `id`: where there is no field of the shadow's name, the underscore at its end is left out.
 */
const templateUnder = (root: string): string =>
  `{% for field in fields %}{% if field.is_searchable %}{% assign own = field.name | remove_first: "${root}." %}` +
  '{% unless doc[own] %}{% assign own = own | append: "." | remove: "_." %}{% endunless %}' +
  '{% if doc[own] %}{{ own }}: {{ doc[own] }}\n{% endif %}{% endif %}{% endfor %}';

const isOurs = (template: unknown): boolean =>
  typeof template === 'string' && template.replace(/"_urdu\d+\."/, '"."') === templateUnder('');

/** All others take no template, and Meilisearch refuses one. */
const TAKE_TEMPLATES: readonly unknown[] = ['openAi', 'huggingFace', 'ollama', 'rest'];

/** Settings with a template, an embedder's or a chat's, that has none of its own: with ours. @param before what holds of them now */
export function withOurTemplate(given: Embedder, before: Embedder, root: string): Embedder {
  const template = 'documentTemplate' in given ? given['documentTemplate'] : before['documentTemplate'];
  return template == null || template === MEILISEARCH_TEMPLATE ? { ...given, documentTemplate: templateUnder(root) } : given;
}

/** As the client knows them: what is ours is Meilisearch's own to it. */
export const withTheirTemplate = (applied: Embedder): Embedder =>
  isOurs(applied['documentTemplate']) ? { ...applied, documentTemplate: MEILISEARCH_TEMPLATE } : applied;

/** @param current the embedders that are set now; a change of one leaves what it does not name */
export function appliedEmbedders(given: Embedders | null, current: unknown, root: string): Embedders | null {
  if (given === null) return null;
  const known = isObject(current) ? current : {};
  return mapEmbedders(given, (embedder, name) => withTemplate(embedder, known[name], root));
}

/** As the client set them. */
export const clientEmbedders = (applied: Embedders): Embedders =>
  mapEmbedders(applied, (embedder) => withInner(embedder, withTheirTemplate));

/** As the client named them in a task: without the template that it did not name. */
export const namedEmbedders = (details: Embedders): Embedders =>
  mapEmbedders(details, (embedder) =>
    withInner(embedder, (one) => {
      if (!isOurs(one['documentTemplate'])) return one;
      const { documentTemplate: _ours, documentTemplateMaxBytes: length, ...others } = one;
      return {
        ...others,
        ...(length === null ? { documentTemplate: null } : length === undefined ? {} : { documentTemplateMaxBytes: length }),
      };
    }),
  );

/** What makes present embedders that name searchable fields name the client's. */
export function templatesOnly(current: unknown): Embedders {
  if (!isEmbedders(current)) return {};
  return Object.fromEntries(
    Object.entries(current).flatMap(([name, embedder]): [string, Embedder][] => {
      const inner = embedder?.['indexingEmbedder'];
      if (embedder?.['documentTemplate'] === MEILISEARCH_TEMPLATE) return [[name, { documentTemplate: MEILISEARCH_TEMPLATE }]];
      return isObject(inner) && inner['documentTemplate'] === MEILISEARCH_TEMPLATE
        ? [[name, { indexingEmbedder: { documentTemplate: MEILISEARCH_TEMPLATE } }]]
        : [];
    }),
  );
}

/** Changes on top of changes: of each embedder and of its parts, what is named later holds. */
export function mergeEmbedders(first: unknown, second: unknown): unknown {
  if (!isEmbedders(first) || !isEmbedders(second)) return second;
  const merge = (one: unknown, other: unknown): unknown =>
    isObject(one) && isObject(other)
      ? { ...one, ...Object.fromEntries(Object.entries(other).map(([name, value]) => [name, merge(one[name], value)])) }
      : other;
  return merge(first, second);
}

function withTemplate(embedder: Embedder, known: unknown, root: string): Embedder {
  const before = isObject(known) ? known : {};
  const source = embedder['source'] ?? before['source'] ?? 'openAi';
  if (source === 'composite') {
    const inner = embedder['indexingEmbedder'];
    return isObject(inner) ? { ...embedder, indexingEmbedder: withTemplate(inner, before['indexingEmbedder'], root) } : embedder;
  }
  // With fragments it is these that are embedded.
  if (!TAKE_TEMPLATES.includes(source) || (embedder['indexingFragments'] ?? before['indexingFragments']) != null) return embedder;
  // Who resets the template resets how much of it is read, too.
  const reset = embedder['documentTemplate'] === null ? { documentTemplateMaxBytes: null } : {};
  return withOurTemplate({ ...reset, ...embedder }, before, root);
}

const mapEmbedders = (embedders: Embedders, change: (embedder: Embedder, name: string) => Embedder): Embedders =>
  Object.fromEntries(Object.entries(embedders).map(([name, embedder]) => [name, embedder === null ? null : change(embedder, name)]));

/** The change in an embedder, and in the one inside it that makes texts of documents. */
function withInner(embedder: Embedder, change: (one: Embedder) => Embedder): Embedder {
  const inner = embedder['indexingEmbedder'];
  return change(isObject(inner) ? { ...embedder, indexingEmbedder: change(inner) } : embedder);
}
