/** Tasks that Justuju adds to a client's index: they are marked, and stand in lists beside the client's. */
import type { Compared } from './compare.js';

interface Work {
  readonly uid: number;
  readonly batchUid?: number;
  readonly customMetadata?: string;
}

interface List {
  readonly results: readonly Work[];
  readonly next: number | null;
}

/** The numbers of such tasks and of their batches, from a list of all tasks. */
export interface Preparations {
  readonly tasks: ReadonlySet<number>;
  readonly batches: ReadonlySet<number>;
}

export function preparationsIn({ body }: Compared): Preparations {
  const marked = (body as List).results.filter(({ customMetadata }) => customMetadata === 'justuju');
  return {
    tasks: new Set(marked.map(({ uid }) => uid)),
    batches: new Set(marked.flatMap(({ batchUid }) => batchUid ?? [])),
  };
}

/** Both lists without them, or undefined where there are none: as long as the shorter one, since they take places on a page. */
export function withoutPreparations(
  kind: 'tasks' | 'batches',
  direct: Compared,
  through: Compared,
  preparations: Preparations,
): [Compared, Compared] | undefined {
  if (direct.status !== 200 || through.status !== 200 || preparations.tasks.size === 0) return undefined;
  const [alone, list] = [direct.body as List, through.body as List];
  const own = list.results.filter(({ uid }) => !preparations[kind].has(uid));
  const isCut = own.length < list.results.length;
  // Where the next page begins, and whether there is one, may be another matter too.
  const cut = (answer: Compared, { next: _next, ...page }: List, results: readonly Work[]): Compared => ({
    ...answer,
    body: { ...page, results },
  });
  return [cut(direct, alone, isCut ? alone.results.slice(0, own.length) : alone.results), cut(through, list, own)];
}
