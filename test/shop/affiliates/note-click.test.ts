import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { noteClick } from '../../../shop/affiliates/note-click.ts'
import type { App } from '../../../shop/app.ts'
import { TooManyRequests } from '../../../shop/errors.ts'
import { addDemoProducts } from '../../support/demo-products.ts'
import { fillWindows } from '../../support/fill-windows.ts'
import { startPlatform, type TestPlatform } from '../../support/platform.ts'

let platform: TestPlatform
beforeAll(async () => {
  platform = await startPlatform()
  await addDemoProducts(platform)
})
afterAll(() => platform.close())

const visitor = { referrer: null, userAgent: 'Firefox', isBot: false, isCrawler: false, isPrefetch: false }
const click = { slug: 'tool', visitor, address: '198.51.100.10' }
const never = () => new Promise<void>(() => undefined)

describe('noteClick', () => {
  it('turns away a network that reports without end, and logs none of it as a failure', async () => {
    const app = Object.assign(platform.app(), { pause: never })
    await noteClick(app, click)
    await fillWindows(platform)
    await expect(noteClick(app, click)).rejects.toThrow(TooManyRequests)
  })

  it('lets nobody wait for a database that is slow, and counts behind the answer', async () => {
    const behind: Promise<unknown>[] = []
    let open = () => {}
    const isOpen = new Promise<void>((resolve) => {
      open = resolve
    })
    const { db, now, seal, log, shop } = platform.app()
    const slow = (async (...query: Parameters<typeof db>) => {
      await isOpen
      return db(...query)
    }) as typeof db
    const later = (_what: string, work: Promise<unknown>) => behind.push(work) as never
    const app = { db: slow, now, seal, log, shop, later, pause: () => Promise.resolve() } as unknown as App
    await noteClick(app, { ...click, address: '198.51.100.11' })
    const count = async () =>
      (await platform.rows('select 1 from affiliate_clicks where user_agent = $1', ['Firefox'])).length
    const before = await count()
    open()
    await Promise.all(behind)
    expect(await count()).toBe(before + 1)
  })
})
