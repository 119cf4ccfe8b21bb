import { readConfig } from '../../adapters/config.ts'
import { enqueueSyncs } from '../../db/reconcile.ts'
import { readStripeEvent, type VerifiedEvent } from '../../shop/payments/stripe-event.ts'
import { wake } from '../../shop/wake.ts'
import { type Call, type Command, UsageError } from './command.ts'
import { printTable } from './print-table.ts'
import { readSince } from './reconcile/since.ts'
import { readEvent, readEvents } from './stripe/read-events.ts'

const AT_ONCE = 100

type Replayed = { event: string; type: string; about: string }

/** `npm run till -- events replay`. */
export const EVENTS_REPLAY: Command = {
  name: 'events replay',
  summary: 'Takes events from Stripe again, as if they were delivered once more',
  usage: '<evt_…> | --since 2d [--dry-run] [--json]',
  details: `  --since <time>  all events since: 2d, 12h, or a date such as 2026-11-01; Stripe keeps them for 30 days
  --dry-run       only lists them
  --json          answers with one JSON document

Each becomes the job that its delivery makes, also where that was done or given up; an event only says which sale to read back from
Stripe, so it may be replayed any number of times and changes nothing that is right. \`reconcile\` finds what differs without events.
The key needs “Events: Read”, which the shop itself does not.

  npm run till -- events replay evt_1Pabc
  npm run till -- events replay --since 12h --dry-run`,
  options: { since: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } },
  wordCount: { least: 0, most: 1 },
  async run(call) {
    const { app, given, terminal } = call
    const isDryRun = given.options['dry-run'] === true
    const found: VerifiedEvent[] = []
    for await (const body of bodiesOf(call)) {
      const event = readStripeEvent(body, app.payments.livemode)
      if (event) found.push(event)
    }
    const jobs = found.flatMap((event) => ('job' in event ? [event] : []))
    printTable(jobs.map(rowOf), { columns: COLUMNS, asJson: given.options.json === true, terminal })
    for (const event of found)
      if ('ignored' in event) terminal.tell(`${event.id} is not replayed: ${event.ignored.replaceAll('_', ' ')}`)
    if (isDryRun || jobs.length === 0) return jobs.length === 0 && found.length > 0 ? 1 : 0
    let opened = 0
    for (let at = 0; at < jobs.length; at += AT_ONCE)
      opened += await enqueueSyncs(
        app.db,
        jobs.slice(at, at + AT_ONCE).map(({ id, job }) => ({ id: `stripe:${id}`, payload: job })),
      )
    await wake(app)
    terminal.tell(`${opened} of ${jobs.length} are taken again; the others wait for a worker already.`)
    return 0
  },
}

const COLUMNS = {
  Event: ({ event }: Replayed) => event,
  Type: ({ type }: Replayed) => type,
  About: ({ about }: Replayed) => about,
}

function rowOf({ id, type, job }: Extract<VerifiedEvent, { job: object }>): Replayed {
  return { event: id, type, about: 'stripe_session_id' in job ? job.stripe_session_id : job.stripe_payment_intent_id }
}

async function* bodiesOf({ app, env, given: { words, options } }: Call): AsyncGenerator<Record<string, unknown>> {
  const [id] = words
  const config = readConfig(env)
  if (id && options.since === undefined) {
    if (!/^evt_\w+$/.test(id)) throw new UsageError(`${id} is not an event; they begin with evt_`)
    yield await readEvent(config, id)
    return
  }
  const since = id ? null : readSince(String(options.since ?? ''), app.now())
  if (!since) throw new UsageError('Name one event, or a time: --since 2d, --since 12h, --since 2026-11-01')
  yield* readEvents(config, since.at)
}
