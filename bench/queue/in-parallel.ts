/** Runs `work` on every item, at most `width` at the same time, in the order of the items. */
export async function inParallel<Item>(items: Item[], width: number, work: (item: Item) => Promise<unknown>) {
  const rest = items.values()
  const lane = async () => {
    for (const item of rest) await work(item)
  }
  await Promise.all(Array.from({ length: width }, lane))
}
