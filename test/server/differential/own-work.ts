/** Tasks that Justuju adds to a client's index: they stand in lists beside the client's. */
import type { Compared } from './compare.js';

interface Work {
  readonly uid: number;
  readonly batchUid?: number;
  readonly type?: string;
  readonly customMetadata?: string;
}

interface List {
  readonly results: readonly Work[];
  readonly next: number | null;
}

/** Settings that make a new index ready, marked; and documents that are analyzed after a function has edited them. */
export type OwnKind = 'preparations' | 'mends';

export interface OwnWork {
  readonly kind: OwnKind;
  readonly task: number;
  readonly batch: number | undefined;
}

/** @param allTasks a list of all; @param told the numbers of the tasks that requests were answered with */
export function ownWorkIn({ body }: Compared, told: ReadonlySet<number>): OwnWork[] {
  return (body as List).results.flatMap(({ uid: task, batchUid: batch, type, customMetadata }): OwnWork[] => {
    if (customMetadata === 'justuju') return [{ kind: 'preparations', task, batch }];
    return type === 'documentAdditionOrUpdate' && !told.has(task) ? [{ kind: 'mends', task, batch }] : [];
  });
}

/** Both lists without it, and which kinds there were: the lists are as long as the shorter one, since it takes places on a page. */
export function withoutOwnWork(
  listed: 'tasks' | 'batches',
  direct: Compared,
  through: Compared,
  work: readonly OwnWork[],
): { readonly answers: [Compared, Compared]; readonly kinds: ReadonlySet<OwnKind> } {
  if (direct.status !== 200 || through.status !== 200 || work.length === 0) return { answers: [direct, through], kinds: new Set() };
  const kindOf = new Map(work.map(({ kind, task, batch }) => [listed === 'tasks' ? task : batch, kind]));
  const [alone, list] = [direct.body as List, through.body as List];
  const kinds = new Set(list.results.flatMap(({ uid }) => kindOf.get(uid) ?? []));
  const results = list.results.filter(({ uid }) => !kindOf.has(uid));
  // Where the next page begins, and whether there is one, may be another matter too.
  const cut = (answer: Compared, { next: _next, ...page }: List, shown: readonly Work[]): Compared => ({
    ...answer,
    body: { ...page, results: shown },
  });
  return {
    answers: [cut(direct, alone, kinds.size > 0 ? alone.results.slice(0, results.length) : alone.results), cut(through, list, results)],
    kinds,
  };
}
