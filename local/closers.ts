export type Closers = {
  /** What to do at the end; the latest goes first. */
  add(close: () => unknown): void
  /** Runs all of them, also when some throw. @throws AggregateError of what they threw */
  closeAll(): Promise<void>
}

/** Things that were opened, to be closed in reverse order. */
export function createClosers(): Closers {
  const stack: (() => unknown)[] = []
  return {
    add: (close) => void stack.push(close),
    closeAll: async () => {
      const errors: unknown[] = []
      for (let close = stack.pop(); close; close = stack.pop()) {
        try {
          await close()
        } catch (error) {
          errors.push(error)
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'some parts of the local platform did not close')
    },
  }
}
