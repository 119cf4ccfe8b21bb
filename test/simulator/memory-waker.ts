import type { WakeMark, Waker } from '../../shop/app.ts'
import { VendorDown } from '../../shop/errors.ts'
import type { Chance } from './chance.ts'
import type { Weather } from './weather.ts'

type Means = { chance: Chance; weather: () => Weather; startWorker: () => void; count: (what: string) => void }

/** Marks in a strong store in memory, and pokes that start a worker a little later; both can get lost, with or without their effect. */
export function createMemoryWaker({ chance, weather, startWorker, count }: Means): Waker & { marks: WakeMark[] } {
  const marks: WakeMark[] = []
  const store = <Result>(work: () => Result): Result => {
    const { refused, answerLost } = weather().marks
    if (chance.hits(refused)) throw new VendorDown('storage', 'simulated: refused')
    const result = work()
    if (chance.hits(answerLost)) throw new VendorDown('storage', 'simulated: the answer was lost')
    return result
  }
  return {
    marks,
    poke: async () => {
      const { lost, answerLost } = weather().poke
      if (chance.hits(lost)) return false
      count('poke')
      startWorker()
      return !chance.hits(answerLost)
    },
    verifyPoke: () => undefined,
    listMarks: async () => store(() => [...marks]),
    writeMark: async (at) =>
      store(() => {
        const seconds = Math.ceil(at.getTime() / 1000)
        const mark = { key: `wake/${seconds}-${chance.next()}`, at: new Date(seconds * 1000) }
        marks.push(mark)
        return mark
      }),
    deleteMarks: async (gone) =>
      store(() => {
        const keys = new Set(gone.map(({ key }) => key))
        marks.splice(0, marks.length, ...marks.filter(({ key }) => !keys.has(key)))
      }),
  }
}
