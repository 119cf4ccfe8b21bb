/** How often and how much a run measures. */
export type Plan = {
  rounds: number
  enqueue: { single: number; burst: number }
  jobs: number
  wakes: number
  imports: number
  claims: { rounds: number; done: number; waiting: number; repeats: number }
}

export const FULL: Plan = {
  rounds: 7,
  enqueue: { single: 1000, burst: 3000 },
  jobs: 10_000,
  wakes: 12,
  imports: 20,
  claims: { rounds: 200, done: 500_000, waiting: 50_000, repeats: 2 },
}

export const QUICK: Plan = {
  rounds: 2,
  enqueue: { single: 300, burst: 1000 },
  jobs: 5000,
  wakes: 3,
  imports: 5,
  claims: { rounds: 50, done: 100_000, waiting: 50_000, repeats: 1 },
}
