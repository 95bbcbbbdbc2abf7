/** Texts that editors keep as trees (ProseMirror and TipTap, Slate, Lexical, Sanity, Contentful, Strapi) → a line for each paragraph. */

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

const childrenOf = (node: Node): readonly unknown[] | undefined => {
  const inner = node['children'] ?? node['content'];
  return Array.isArray(inner) ? inner : undefined;
};

const typeOf = (node: Node): unknown => node['type'] ?? node['_type'] ?? node['nodeType'];

/** A run of letters: `{"type": "text", "text": ...}`, `{"text": ..., "bold": true}`, `{"_type": "span", ...}`, `{"nodeType": "text", "value": ...}`. */
function runIn(node: Node): string | undefined {
  const type = typeOf(node);
  if (type !== undefined && type !== 'text' && type !== 'span') return undefined;
  const text = node['text'] ?? (type === 'text' ? node['value'] : undefined);
  return typeof text === 'string' ? text : undefined;
}

const BREAK = /^(?:hard_?break|line_?break|br)$/i;
/** Levels of a tree. */
const DEEPEST = 60;

/**
 * The lines of a tree, or of a list of its paragraphs.
 * Chapters and lists of articles have types and parts too: what has a title, or a text under another type, is none of an editor's.
 * @returns undefined for what is no such tree
 */
export function richText(value: unknown): readonly string[] | undefined {
  const root = isNode(value) && isNode(value['root']) ? value['root'] : value;
  const nodes: readonly unknown[] | undefined = Array.isArray(root)
    ? root
    : isNode(root) && typeOf(root) !== undefined
      ? childrenOf(root)
      : undefined;
  if (nodes === undefined || !nodes.some((node) => isNode(node) && childrenOf(node) !== undefined)) return undefined;
  if (!nodes.every(isOfEditor)) return undefined;
  const lines: string[] = [];
  addLines(nodes, lines);
  return lines;
}

const isOfEditor = (node: unknown): node is Node =>
  isPart(node, 0) && (runIn(node) !== undefined || typeOf(node) !== undefined || childrenOf(node) !== undefined);

function isPart(value: unknown, depth: number): value is Node {
  if (!isNode(value) || depth > DEEPEST || 'title' in value || 'headline' in value || 'body' in value) return false;
  if (runIn(value) !== undefined) return true;
  return typeof value['text'] !== 'string' && (childrenOf(value) ?? []).every((child) => isPart(child, depth + 1));
}

/** Where runs stand among them, nodes are parts of one paragraph; else each is its own. */
function addLines(nodes: readonly Node[], lines: string[]): void {
  if (nodes.some((node) => runIn(node) !== undefined)) {
    lines.push(
      ...nodes
        .map(inlineText)
        .join('')
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
    return;
  }
  for (const node of nodes) addLines((childrenOf(node) ?? []) as Node[], lines);
}

function inlineText(node: Node): string {
  if (BREAK.test(String(typeOf(node)))) return '\n';
  return runIn(node) ?? ((childrenOf(node) ?? []) as Node[]).map(inlineText).join('');
}
