import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMigrationTarget } from '../../adapters/create-app.ts'
import { createLocalBuilds } from '../../local/builds.ts'
import { createFaults } from '../../local/faults.ts'
import { startTill } from '../cli/till-process.ts'
import { findFreePorts, type ShopProcess, startShop } from '../support/shop-process.ts'

describe('the local build hook', () => {
  const open = () => createLocalBuilds({ hookId: 'abc', faults: createFaults() })
  const post = (builds: ReturnType<typeof open>, id = 'abc') =>
    builds.routes.request(`/build_hooks/${id}?trigger_title=x`, { method: 'POST', body: '{}' })

  it('knows its own address only, and says when there is nobody who builds', async () => {
    const builds = open()
    expect((await post(builds, 'other')).status).toBe(404)
    expect((await post(builds)).status).toBe(503)
    expect(
      (
        await createLocalBuilds({ hookId: '', faults: createFaults() }).routes.request('/build_hooks/', {
          method: 'POST',
        })
      ).status,
    ).toBe(404)
  })

  it('builds one after the other, and one more for all that were asked for meanwhile', async () => {
    const builds = open()
    const gates: (() => void)[] = []
    let isBuilding = false
    builds.buildWith(async () => {
      expect(isBuilding).toBe(false)
      isBuilding = true
      await new Promise<void>((resolve) => gates.push(resolve))
      isBuilding = false
    })
    for (let i = 0; i < 4; i++) expect((await post(builds)).status).toBe(200)
    expect(gates).toHaveLength(1)
    gates[0]?.()
    await expect.poll(() => gates.length).toBe(2)
    const stopped = builds.stop()
    gates[1]?.()
    await stopped
    expect(gates).toHaveLength(2)
    expect((await post(builds)).status).toBe(503)
  })
})

describe('npm start', () => {
  let folder: string
  let shop: ShopProcess
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'till-builds-'))
    shop = await startShop({ folder, port: await findFreePorts() })
  })
  afterAll(async () => {
    await shop.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('builds the pages anew when it is asked, and never shows half of them', async () => {
    const { databasePassword } = JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8'))
    const { db } = createMigrationTarget({
      NETLIFY_DATABASE_URL: `postgres://till:${databasePassword}@localhost/till`,
      NEON_SQL_ENDPOINT: `${shop.servicesUrl}/sql`,
    })
    await db`update products set title = 'A title of today' where slug = 'quiet-hours'`
    let isOver = false
    const seen = new Set<number>()
    const watching = (async () => {
      while (!isOver) seen.add((await fetch(`${shop.siteUrl}/store/quiet-hours/`)).status)
    })()
    const { code, out } = await startTill(['rebuild', '--wait'], { TILL_DATA_DIR: folder }).ended
    isOver = true
    await watching
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('The pages show every change') })
    expect([...seen]).toEqual([200])
    expect(await (await fetch(`${shop.siteUrl}/store/quiet-hours/`)).text()).toContain('A title of today')
  }, 300_000)
})
