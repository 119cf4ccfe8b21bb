import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSampleSite, type SampleSite, SITE_URL } from '../build-sample-site.ts'
import { readHead } from './read-head.ts'

let site: SampleSite
beforeAll(async () => {
  site = await createSampleSite()
})
afterAll(() => site.remove())

/** The picture that other sites show of each page, as a file of the built site. */
async function sharedPictures(): Promise<string[]> {
  const pages = (await site.files()).filter((path) => path.endsWith('.html'))
  const heads = await Promise.all(pages.map(async (path) => readHead(await site.read(path))))
  const shared = heads.filter(({ isHidden }) => !isHidden).map(({ meta }) => meta['og:image'] ?? 'none')
  return shared.map((url) => url.replace(`${SITE_URL}/`, ''))
}

describe('a build that may draw fewer share images than its pages want', () => {
  it('never names one that is not there, and catches up build by build', async () => {
    const drawn: number[] = []
    for (const _ of [1, 2, 3, 4, 5]) {
      await site.build(undefined, { shareImagesPerBuild: 1 })
      const shared = await sharedPictures()
      expect(await site.files()).toEqual(expect.arrayContaining(shared))
      drawn.push(new Set(shared.filter((path) => path.startsWith('assets/share/'))).size)
    }
    expect(drawn).toEqual([1, 2, 3, 4, 4])
  })
})
