import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VARIABLES } from '../../adapters/variables.ts'
import { buildShop } from '../../cli/build-shop.ts'
import { type FaultStage, openFaultStage } from '../faults/stage.ts'
import { enterByLink, sell } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { click, post, postAs } from '../support/sale.ts'
import { disguises, findSecretForms } from '../support/secret-forms.ts'

/** What is no secret, or is meant to be read by everybody. */
const OPEN =
  /^(SITE_URL|NEON_SQL_ENDPOINT|EMAIL_FROM|NETLIFY_SITE_ID|\w+_BASE(_URL)?|FILES_S3_(ENDPOINT|BUCKET|REGION|STYLE))$/
const SECRETS = Object.keys(VARIABLES).filter((name) => !OPEN.test(name))

let stage: FaultStage
let healthy: NodeJS.ProcessEnv
let folder: string

beforeAll(async () => {
  stage = await openFaultStage()
  healthy = { ...process.env }
  folder = await mkdtemp(join(tmpdir(), 'till-secrets-'))
  await stage.rows("update products set status = 'retired' where slug = 'evil'")
})
afterAll(async () => {
  await stage.close()
  await rm(folder, { recursive: true, force: true })
})

/** Which secrets a text holds, whatever they are written in. */
function secretsIn(text: string, secrets: Record<string, string>): string[] {
  const known = Object.entries(secrets).filter(([, secret]) => disguises(secret).some((one) => text.includes(one)))
  return [...known.map(([name]) => name), ...findSecretForms(text).map(({ what }) => what)]
}

async function filesBelow(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
}

describe('a build whose environment is full of secrets', () => {
  it('leaves none in a page, a script, an error page or a function', { timeout: 240_000 }, async () => {
    const marked = Object.fromEntries(SECRETS.map((name) => [name, `mark_${randomBytes(24).toString('base64')}`]))
    const password = 'test-password'
    const env = { ...healthy, ...marked, NETLIFY_DATABASE_URL: healthy.NETLIFY_DATABASE_URL }
    // Pages are built by a process with this environment, functions are bundled in this one.
    Object.assign(process.env, env)
    await buildShop({ env, output: folder })
    Object.assign(process.env, healthy)
    const files = await filesBelow(folder)
    const names = files.map((file) => relative(folder, file))
    expect(names).toEqual(
      expect.arrayContaining(['site/index.html', 'site/_headers', 'errors.json', 'functions/download.mjs']),
    )
    const secrets = { ...marked, NETLIFY_DATABASE_URL: password }
    const leaks = await Promise.all(
      files.map(async (file) => secretsIn(await readFile(file, 'latin1'), secrets).map((what) => `${file}: ${what}`)),
    )
    expect(leaks.flat()).toEqual([])
  })
})

/** Collects every line that is logged while the work is done. */
async function logsOf(work: () => Promise<void>): Promise<string> {
  const lines: string[] = []
  const levels = ['info', 'warn', 'error'] as const
  const writers = levels.map((level) => console[level])
  for (const level of levels) console[level] = (...words: unknown[]) => void lines.push(words.join(' '))
  try {
    await work()
  } finally {
    for (const [i, level] of levels.entries()) console[level] = writers[i] ?? console[level]
  }
  return lines.join('\n')
}

const EMAIL = 'somebody.special@example.com'

/** A day of a shop: sales, the portal, and everything that can go wrong. @returns what strangers were answered */
async function aDay(): Promise<string[]> {
  const answers: Response[] = []
  const keep = (answer: Response) => void answers.push(answer)
  const { sessionId, orderId } = await sell(stage, EMAIL)
  const cookie = await enterByLink(stage, EMAIL)
  keep(await postAs(stage, '/get_purchases', {}, { cookie }))
  keep(await post(stage, '/get_entitlements', { session_id: sessionId }))
  keep(await postAs(stage, '/send_access_code', { session_id: sessionId, email: EMAIL }))
  keep(await fetch(`${stage.siteUrl}/download?token=eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.${'x'.repeat(43)}`))
  keep(await stage.deliver({ secret: 'whsec_of_somebody_else_entirely' }))
  await stage.completed(`cs_test_${'unknown'.repeat(5)}`)
  stage.faults.put({ service: 'stripe', mode: '500', count: 5 })
  keep((await click(stage, 'book')).answer)
  stage.faults.put({ service: 'stripe', mode: '500', count: 0 })
  stage.faults.put({ service: 'resend', mode: '500', count: 3 })
  await stage.rows(`update emails set sent_at = null, first_attempt_at = null where id = $1`, [`receipt:${orderId}`])
  await stage.rows(`update jobs set state = 'open', finished_at = null, due_at = now() where id = $1`, [
    `mail:receipt:${orderId}`,
  ])
  await stage.work()
  for (const fault of ['refuse', { code: '42703' }] as const) {
    stage.sql.next(/./, fault, 20)
    keep(await post(stage, '/get_entitlements', { session_id: sessionId }))
    keep((await click(stage, 'book')).answer)
    keep(await stage.completed(sessionId))
    stage.sql.heal()
  }
  for (const name of SECRETS) {
    process.env[name] = 'malformed by hand: hunter2hunter2'
    keep(await post(stage, '/get_entitlements', { session_id: sessionId }))
    keep((await click(stage, 'book')).answer)
    keep(await stage.completed(sessionId))
    Object.assign(process.env, healthy)
  }
  await stage.store.settled()
  return Promise.all(answers.map(async (answer) => `${JSON.stringify([...answer.headers])}\n${await answer.text()}`))
}

describe('a day on which everything goes wrong', () => {
  it('puts no secret, no token, no session and nobody’s address into the log or into an answer', async () => {
    expectErrors()
    let answers: string[] = []
    const log = await logsOf(async () => {
      answers = await aDay()
    })
    const secrets = Object.fromEntries(SECRETS.map((name) => [name, healthy[name] ?? '']).filter(([, value]) => value))
    expect(log.split('\n').length).toBeGreaterThan(20)
    expect(secretsIn(log, secrets)).toEqual([])
    for (const private_ of [EMAIL, 'hunter2', 'eyJ']) expect(log).not.toContain(private_)
    expect(log).not.toMatch(/cs_test_\w{12}/)
    // A buyer's own links are for the buyer.
    for (const answer of answers.map((text) => text.replaceAll(/token=eyJ[\w.-]+/g, 'token='))) {
      expect([secretsIn(answer, secrets), answer]).toEqual([
        [],
        expect.not.stringMatching(/hunter2|\bat \w+ \(|node_modules/),
      ])
    }
  })

  it('says in every line when, what, and for which request, order or event', async () => {
    const log = await logsOf(async () => {
      await sell(stage, 'another@example.com')
    })
    const lines = log.split('\n').map((line) => JSON.parse(line) as Record<string, string>)
    const of = (event: string) => lines.find((line) => line.event === event)
    expect(of('event_stored')).toMatchObject({ request_id: 'req_test', event_id: expect.stringMatching(/^evt_/) })
    expect(of('order_written')).toMatchObject({
      order_id: expect.stringMatching(/^ord_/),
      job_id: expect.stringMatching(/^stripe:evt_/),
      status: 'paid',
    })
    expect(lines.every(({ at, level, event }) => at && level && event)).toBe(true)
  })
})
