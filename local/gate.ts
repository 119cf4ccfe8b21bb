export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>

/** Lets at most `size` pieces of work run at once; the others wait in line. */
export function createGate(size: number): Gate {
  let free = size
  const line: (() => void)[] = []
  const enter = async () => {
    if (free === 0) return await new Promise<void>((resolve) => line.push(resolve))
    free -= 1
  }
  const leave = () => {
    const next = line.shift()
    if (next) next()
    else free += 1
  }
  return async (work) => {
    await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
}
