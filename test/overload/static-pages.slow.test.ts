import { readdirSync } from 'node:fs'
import type { Config } from '@netlify/functions'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSampleSite, type SampleSite } from '../site/build-sample-site.ts'

const FOLDER = new URL('../../functions/', import.meta.url)

let site: SampleSite
beforeAll(async () => {
  site = await createSampleSite()
  await site.build()
})
afterAll(() => site.remove())

/** The addresses at which functions answer. */
async function doors(): Promise<string[]> {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'))
  const modules = await Promise.all(
    names.map((name) => import(new URL(name, FOLDER).href) as Promise<{ config: Config }>),
  )
  return modules.flatMap(({ config }) => ('path' in config ? [config.path ?? []].flat() : []))
}

/** The address under which a file of the built site is asked for. */
const addressOf = (file: string) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`

it('no page, style, script or picture of the shop lies behind a function, so none of them can fall with the database', async () => {
  const [paths, files] = [await doors(), await site.files()]
  expect([paths.length > 20, files.length > 20]).toEqual([true, true])
  const patterns = paths.map((pathname) => new URLPattern({ pathname }))
  const covered = files.map(addressOf).filter((pathname) => patterns.some((pattern) => pattern.test({ pathname })))
  expect(covered).toEqual([])
  expect(patterns.some((pattern) => pattern.test({ pathname: '/go/book' }))).toBe(true)
})

it('a shelf and a product are shown without a call to the shop', async () => {
  const pages = await Promise.all(
    ['index.html', 'store/index.html', 'store/mat/index.html'].map((file) => site.read(file)),
  )
  const paths = (await doors()).map((path) => path.split(':')[0] ?? '')
  for (const page of pages) {
    const fetched = Array.from(
      page.matchAll(/\b(?:src|srcset|poster|data)="([^"]+)"|<link[^>]+href="([^"]+)"/g),
      ([, a, b]) => a ?? b ?? '',
    )
    expect(fetched.length).toBeGreaterThan(1)
    expect(fetched.filter((address) => paths.some((path) => address.startsWith(path)))).toEqual([])
  }
})
