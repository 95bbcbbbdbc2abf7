/** The name of the first element of a document; undefined where the text is no XML. */
export function rootOf(text: string | null): string | undefined {
  const start = (text ?? '')
    .replace(/^\uFEFF/, '')
    .replace(/^(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?[^>]*>)*/i, '');
  return /^<([\p{L}_][\p{L}\p{N}_:.-]*)[\s/>]/u.exec(start)?.[1];
}
