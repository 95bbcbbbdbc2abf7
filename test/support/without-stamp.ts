import { STAMP } from '../../server/shadow/shadow.js';
/** What Meilisearch answers of an index that Justuju made, as it would of one in which only the client's attributes can be filtered. */
export function withoutStamp<T>(answer: T): T {
  const text = JSON.stringify(answer)
    .replace(` Available filterable attribute patterns are: \`${STAMP}\`.`, ' This index does not have configured filterable attributes.')
    .replace(`\`${STAMP}\`, `, '');
  return JSON.parse(text) as T;
}
