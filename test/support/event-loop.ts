/** Counts rounds of the event loop while something is done. @param work is given what tells in which round it is */
export async function inRounds(work: (round: () => number) => Promise<unknown>): Promise<void> {
  let round = 0;
  let isOver = false;
  const count = (): void => {
    round += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  try {
    await work(() => round);
  } finally {
    isOver = true;
  }
}
