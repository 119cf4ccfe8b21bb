import fs from 'node:fs'
import { ALL_TESTS } from '@mdn/mdn-http-observatory/src/constants.js'
import { MINIMUM_SCORE_FOR_EXTRA_CREDIT } from '@mdn/mdn-http-observatory/src/grader/charts.js'
import { getGradeForScore, getScoreModifier } from '@mdn/mdn-http-observatory/src/grader/grader.js'
import { parseHttpEquivHeaders } from '@mdn/mdn-http-observatory/src/retriever/utils.js'
import { Requests } from '@mdn/mdn-http-observatory/src/types.js'
import { vi } from 'vitest'

export type Grade = { score: number; grade: string; failed: string[] }
type Page = { url: string; headers: Record<string, string>; html: string }

/**
 * What MDN Observatory says of a page, by its own tests and weights. Its scan would fetch the page from the network; here it is handed
 * what it would have got from a site that is served as Netlify serves: by https, with http led there.
 */
export function gradePage({ url, headers, html }: Page): Grade {
  const restore = withoutPreloadList()
  const requests = new Requests(new URL(url).hostname)
  const response = { status: 200, headers, data: html, verified: true, httpEquiv: parseHttpEquivHeaders(html, url) }
  requests.resources.path = html
  Object.assign(requests.responses, {
    auto: response,
    https: response,
    http: response,
    cors: response,
    httpRedirects: [
      { url: new URL(url.replace('https:', 'http:')), status: 301 },
      { url: new URL(url), status: 200 },
    ],
  })
  requests.session = { url: new URL(url), jar: null }
  const results = ALL_TESTS.map((test) => test(requests))
  restore()
  const modifiers = results.map(({ result }) => getScoreModifier(result))
  const plain = 100 + modifiers.reduce((sum, one) => sum + Math.min(one, 0), 0)
  const all = 100 + modifiers.reduce((sum, one) => sum + one, 0)
  // Extra credit counts for what is good without it.
  const { score, grade } = getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? all : plain)
  return { score, grade, failed: results.filter(({ pass }) => !pass).map(({ result }) => String(result)) }
}

/** Browsers' list of preloaded hosts is no part of the package but fetched at its installation; no shop of ours is on it. */
function withoutPreloadList(): () => void {
  const read = fs.readFileSync
  const spy = vi
    .spyOn(fs, 'readFileSync')
    .mockImplementation(((file: string, ...more: []) =>
      String(file).endsWith('hsts-preload.json') ? '{}' : read(file, ...more)) as typeof read)
  return () => spy.mockRestore()
}
