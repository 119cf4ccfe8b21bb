import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import shop from '../../shop.config.ts'
import { createSampleSite, type SampleSite } from './build-sample-site.ts'

let site: SampleSite
/** Bytes as a browser fetches them, by the name of the source. */
const sizes = new Map<string, number>()

beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
  for (const file of await site.files()) {
    const [, name] = /^assets\/(.+)-\w+\.(?:js|css)$/.exec(file) ?? []
    if (name) sizes.set(file.replace(/-\w+\./, '.'), gzipSync(await site.read(file)).length)
  }
}, 30_000)
afterAll(() => site?.remove())

describe('the scripts of /purchases/', () => {
  it.each([
    ['assets/purchases.js', 13_000],
    ['assets/identity.js', 6_500],
    ['assets/landing.js', 200],
  ])('%s weighs less than %i bytes', (file, most) => {
    expect(sizes.get(file)).toBeLessThan(most)
  })

  it('keep Identity’s library to the part that is fetched when somebody signs in', async () => {
    const files = (await site.files()).filter((file) => /^assets\/.*\.js$/.test(file))
    const carriers = []
    for (const file of files)
      if ((await site.read(file)).includes('gotrue.user')) carriers.push(file.replace(/-\w+\./, '.'))
    expect(carriers.sort()).toEqual(['assets/admin.js', 'assets/identity.js', 'assets/purchases.js'])
    const page = files.find((file) => file.includes('purchases-')) ?? ''
    expect(await site.read(page)).not.toContain('DO NOT USE HTTP IN PRODUCTION')
    const library = files.find((file) => file.includes('identity-')) ?? ''
    expect(await site.read(library)).toContain('DO NOT USE HTTP IN PRODUCTION')
  })
})

describe('the page of /purchases/', () => {
  it('comes with its styles in one TCP window', async () => {
    const html = await site.read('purchases/index.html')
    expect(html).toContain('.purchase-list')
    expect(gzipSync(html).length).toBeLessThan(13_000)
  })

  it('offers links by mail only where the seller allows them', async () => {
    expect(await site.read('purchases/index.html')).toContain('id="link-email"')
    await site.build(undefined, { shop: { ...shop, portal: { emailLink: false } } })
    const html = await site.read('purchases/index.html')
    expect(html).not.toContain('id="link-email"')
    expect(html).not.toContain('data-email-link')
    expect(html).toContain('data-form="account"')
  })
})
