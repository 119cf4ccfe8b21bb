import process from 'node:process'
import { Logger, runTaskListOnce } from 'graphile-worker'
import pg from 'pg'
import { insertOrder } from '../order-effect.ts'

/** graphile-worker on one client, without its check of migrations: the shortest way that it offers a short-lived process. */
const account = JSON.parse(process.argv[2] ?? '{}') as pg.ClientConfig
const client = new pg.Client(account)
await client.connect()
const logger = new Logger(() => () => undefined)
const order = async (_payload: unknown, { job }: { job: { id: string } }) => {
  await insertOrder(client, job.id)
}
await runTaskListOnce({ logger, noHandleSignals: true }, { sync_order: order }, client as unknown as pg.PoolClient)
  .promise
process.stdout.write('done\n')
await client.end()
