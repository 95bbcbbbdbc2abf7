/**
 * The lines of a text that comes in pieces, without their ends.
 *
 * @param onUnfinished told, with each piece, what of a line has come: it is held whole
 */
export async function* linesOf(
  pieces: AsyncIterable<string>,
  onUnfinished?: (line: string) => void,
): AsyncGenerator<string, void, undefined> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    onUnfinished?.(rest);
    for (const line of lines) yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
  if (rest !== '') yield rest;
}
