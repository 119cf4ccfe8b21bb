import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getStore } from '@netlify/blobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMigrationTarget } from '../../adapters/create-app.ts'
import type { Database } from '../../db/database.ts'
import { listen } from '../../local/listen.ts'
import { FolderTaken } from '../../local/lock.ts'
import { openPlatform } from '../../local/platform.ts'
import { readSettings } from '../../local/settings.ts'
import { withServices } from '../../local/with-services.ts'

const moduleAt = (path: string) => JSON.stringify(new URL(`../../local/${path}`, import.meta.url).href)
const OWNER = `
  import { openPlatform } from ${moduleAt('platform.ts')}
  import { readSettings } from ${moduleAt('settings.ts')}
  const platform = await openPlatform(readSettings(process.env), { withStore: true, report: () => {} })
  process.on('SIGTERM', async () => { await platform.stop(); process.exit(0) })
  console.log('open')`

const folder = mkdtempSync(join(tmpdir(), 'till-platform-'))
const mine = { ...process.env }
let owner: ChildProcess | undefined

beforeAll(async () => {
  const free = await listen(0, () => new Response())
  await free.close()
  Object.assign(process.env, { TILL_DATA_DIR: folder, PORT: String(free.port) })
})
afterAll(() => {
  owner?.kill('SIGKILL')
  for (const name of ['TILL_DATA_DIR', 'PORT', 'NETLIFY_BLOBS_CONTEXT']) {
    if (mine[name] === undefined) delete process.env[name]
    else process.env[name] = mine[name]
  }
  rmSync(folder, { recursive: true })
})

async function startOwner(): Promise<ChildProcess> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', OWNER]
  owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(owner.stdout as NonNullable<ChildProcess['stdout']>, 'data')
  return owner
}

/** What a command does while somebody else owns the folder. */
const asCommand = <Result>(work: (db: Database) => Promise<Result>) =>
  withServices((env) => work(createMigrationTarget(env).db))

const countsOf = (db: Database) =>
  db<{ products: number; migrations: number }>`
    select (select count(*)::int from products) as products, (select count(*)::int from migrations) as migrations`

async function writeUntilGone(db: Database, acknowledged: string[]): Promise<void> {
  for (let i = 0; ; i++) {
    const id = `killed:${i}`
    const wrote = await db`insert into jobs (id, kind) values (${id}, 'sync_order')`.then(
      () => true,
      () => false,
    )
    if (!wrote) return
    acknowledged.push(id)
    if (i === 20) owner?.kill('SIGKILL')
  }
}

describe('openPlatform', { timeout: 60_000 }, () => {
  it('makes the database anew when the first start was killed halfway', async () => {
    mkdirSync(join(folder, 'database'))
    writeFileSync(join(folder, 'database', 'PG_VERSION'), 'half of')
    await startOwner()
    const [counts] = await asCommand(countsOf)
    expect(counts?.products).toBeGreaterThanOrEqual(9)
  })

  it('refuses a second owner, and does the first one no harm', async () => {
    const settings = readSettings(process.env)
    await expect(openPlatform(settings, { withStore: true, report: () => {} })).rejects.toBeInstanceOf(FolderTaken)
    const [row] = await asCommand((db) => db<{ one: number }>`select 1 as one`)
    expect(row).toEqual({ one: 1 })
  })

  it('loses nothing that was acknowledged before a kill, and seeds no second time', async () => {
    await asCommand((db) => db`delete from products where type = 'affiliate'`)
    const [before] = await asCommand(countsOf)
    await asCommand(() => getStore('wake').set('wake/1-kept', ''))
    const acknowledged: string[] = []
    await asCommand((db) => writeUntilGone(db, acknowledged))
    await startOwner()
    const jobs = await asCommand((db) => db<{ id: string }>`select id from jobs where id like 'killed:%' order by seq`)
    expect(jobs.map(({ id }) => id).slice(0, acknowledged.length)).toEqual(acknowledged)
    expect(acknowledged.length).toBeGreaterThanOrEqual(21)
    const [after] = await asCommand(countsOf)
    expect(after).toEqual(before)
    expect(await asCommand(() => getStore('wake').get('wake/1-kept'))).toBe('')
  })

  it('ends cleanly on SIGTERM, and a command then opens the folder by itself', async () => {
    owner?.kill('SIGTERM')
    expect(await once(owner as ChildProcess, 'exit')).toEqual([0, null])
    const [row] = await asCommand((db) => db<{ one: number }>`select 1 as one`)
    expect(row).toEqual({ one: 1 })
  })
})
