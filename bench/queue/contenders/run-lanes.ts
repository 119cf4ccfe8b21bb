/** Runs the same lane several times at once. @returns milliseconds until the last has ended */
export async function runLanes(lanes: number, lane: (number: number) => Promise<void>): Promise<number> {
  const start = performance.now()
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)))
  return performance.now() - start
}
