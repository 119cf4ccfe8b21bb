import { join } from 'node:path'
import { NetlifyDev } from '@netlify/dev'
import { isDecodable } from './is-decodable.ts'
import { readRedirectStatuses, withSlash } from './redirect-statuses.ts'
import { wholeAnswer } from './whole-answer.ts'

export type StaticSite = {
  /** A page, a file or a redirect; otherwise the shop's 404 page. */
  handle(request: Request): Promise<Response>
  stop(): Promise<void>
}

const OFF = { enabled: false }

/**
 * The pages as Netlify serves them, with `_headers`, redirects and 404.html, by Netlify's own emulator. `deploy` holds
 * netlify.toml and what it publishes.
 */
export async function startStaticSite(deploy: string): Promise<StaticSite> {
  const off = { functions: OFF, blobs: OFF, environmentVariables: OFF, database: OFF, edgeFunctions: OFF, images: OFF }
  const netlify = new NetlifyDev({
    ...off,
    aiGateway: OFF,
    geolocation: OFF,
    projectRoot: deploy,
    serverAddress: null,
    skipGitignore: true,
  })
  await netlify.start()
  const statuses = await readRedirectStatuses(join(deploy, 'dist/site/_redirects'))
  return {
    handle: async (request) => {
      const answer = isDecodable(request.url) ? await netlify.handle(request) : undefined
      const { response } = await wholeAnswer(answer ?? (await notFound(netlify, request)))
      return withStatus(response, statuses.get(withSlash(new URL(request.url).pathname)))
    },
    stop: () => netlify.stop(),
  }
}

function withStatus(answer: Response, status: number | undefined): Response {
  return status && answer.status === 200 ? new Response(answer.body, { status, headers: answer.headers }) : answer
}

/** Netlify's emulator knows no 404.html, so it is asked for by name; it comes with the headers of `_headers`. */
async function notFound(netlify: NetlifyDev, { url, method, headers }: Request): Promise<Response> {
  const page = await netlify.handle(new Request(new URL('/404.html', url), { method, headers }))
  return new Response(page?.body ?? null, { status: 404, headers: page?.headers ?? {} })
}
