import { Hono } from 'hono'
import type { Faults } from './faults.ts'
import { faulty } from './faulty.ts'

export type LocalBuilds = {
  /** Netlify's build hook, `POST /build_hooks/:id`. */
  routes: Hono
  /** Who builds; until somebody does, the hook answers 503. */
  buildWith(build: () => Promise<void>): void
  /** Waits for the build that is under way, and takes no more. */
  stop(): Promise<void>
}

type Options = { hookId: string; faults: Faults }

/** Netlify's builds on this machine: one at a time, and of those asked for meanwhile one more, since it has all changes in it. */
export function createLocalBuilds({ hookId, faults }: Options): LocalBuilds {
  let build: (() => Promise<void>) | undefined
  let running: Promise<void> | undefined
  let isAskedAgain = false
  const run = async () => {
    do {
      isAskedAgain = false
      // A build that fails leaves the pages as they are, as on Netlify.
      await build?.().catch((error: unknown) => console.error('The pages were not built anew:', error))
    } while (isAskedAgain)
    running = undefined
  }
  const routes = new Hono()
  routes.use('/build_hooks/*', faulty(faults, 'netlify'))
  routes.post('/build_hooks/:id', ({ req, body, text }) => {
    if (hookId === '' || req.param('id') !== hookId) return text('Not Found', 404)
    if (!build) return text('No store is running here; npm start builds its pages.', 503)
    if (running) isAskedAgain = true
    else running = run()
    return body(null, 200)
  })
  return {
    routes,
    buildWith: (builder) => {
      build = builder
    },
    stop: async () => {
      build = undefined
      isAskedAgain = false
      await running
    },
  }
}
