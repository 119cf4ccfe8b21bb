import { randomBytes } from 'node:crypto'
import type { Context } from '@netlify/functions'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { VARIABLES } from '../../adapters/variables.ts'
import { POKE_HEADER } from '../../adapters/waker.ts'
import runJobs from '../../functions/run_jobs-background.ts'
import { signSvix } from '../../local/mail/sign-svix.ts'
import { type FaultStage, newEventId, openFaultStage } from '../faults/stage.ts'
import { portalTokenFor, sell } from '../support/portal.ts'
import { expectErrors } from '../support/quiet.ts'
import { post, postAs } from '../support/sale.ts'

/** What a secret has signed, and how it is presented: true where it is taken. */
type Proof = () => Promise<boolean>
type Drill = { newSecret: () => string; sign: (secret: string) => Promise<Proof> }

let stage: FaultStage
let healthy: NodeJS.ProcessEnv
let sold: string
let number = 0

beforeAll(async () => {
  stage = await openFaultStage()
  healthy = { ...process.env }
  sold = (await sell(stage, newAddress())).sessionId
})
afterAll(() => stage.close())
afterEach(() => {
  Object.assign(process.env, healthy)
})

const signingSecret = () => `whsec_${randomBytes(24).toString('base64')}`
const ownSecret = () => randomBytes(32).toString('base64')
const newAddress = () => `drill${++number}@example.com`
const isTaken = (answer: Response) => answer.ok

async function downloadLink(): Promise<Proof> {
  const { sessionId } = await sell(stage, newAddress())
  const opened = await post(stage, '/get_entitlements', { session_id: sessionId })
  const { downloads } = (await opened.json()) as { downloads: { url: string }[] }
  return async () => isTaken(await fetch(downloads[0]?.url ?? ''))
}

async function receiptLink(): Promise<Proof> {
  const email = newAddress()
  await sell(stage, email)
  const mail = (await stage.mails()).find(({ to }) => to[0] === email)
  const access = /access=([\w.-]+)/.exec(mail?.text ?? '')?.[1]
  return async () => isTaken(await postAs(stage, '/get_entitlements', { access }))
}

async function portalLink(): Promise<Proof> {
  const email = newAddress()
  await sell(stage, email)
  await postAs(stage, '/send_portal_link', { email })
  const token = await portalTokenFor(stage, email)
  return async () => isTaken(await postAs(stage, '/open_portal_link', { token }))
}

async function accessCode(): Promise<Proof> {
  const email = newAddress()
  const { sessionId } = await sell(stage, email)
  await postAs(stage, '/send_access_code', { session_id: sessionId, email })
  await stage.store.settled()
  await stage.work()
  const mail = (await stage.mails()).find(
    ({ to, idempotency_key: key }) => to[0] === email && key?.startsWith('access_code:'),
  )
  const code = /\b\d{6}\b/.exec(mail?.text ?? '')?.[0]
  return async () => isTaken(await postAs(stage, '/redeem_access_code', { session_id: sessionId, code }))
}

async function poke(): Promise<Proof> {
  const signed = await stage.signPoke()
  return async () => {
    const request = new Request(stage.siteUrl, { method: 'POST', headers: { [POKE_HEADER]: signed } })
    return isTaken(await runJobs(request, { deploy: { context: 'production' } } as Context))
  }
}

async function stripeDelivery(secret: string): Promise<Proof> {
  return async () => isTaken(await stage.deliver({ id: newEventId(), object: { id: sold }, secret }))
}

async function resendDelivery(secret: string): Promise<Proof> {
  return async () => {
    const payload = JSON.stringify({
      type: 'email.delivered',
      created_at: new Date().toISOString(),
      data: { email_id: 'x' },
    })
    const headers = {
      'content-type': 'application/json',
      ...signSvix({ id: `msg_${++number}`, payload }, secret, new Date()),
    }
    return isTaken(await fetch(`${stage.siteUrl}/resend_webhook`, { method: 'POST', body: payload, headers }))
  }
}

/** Every variable that is a list of secrets, with each thing that it signs. */
const DRILLS: Record<string, Record<string, Drill>> = {
  STRIPE_WEBHOOK_SECRET: { "Stripe's delivery": { newSecret: signingSecret, sign: stripeDelivery } },
  RESEND_WEBHOOK_SECRET: { "Resend's delivery": { newSecret: signingSecret, sign: resendDelivery } },
  JOB_POKE_SECRET: { 'a poke': { newSecret: ownSecret, sign: poke } },
  DOWNLOAD_TOKEN_SECRET: {
    'a download link': { newSecret: ownSecret, sign: downloadLink },
    'the link of a receipt': { newSecret: ownSecret, sign: receiptLink },
    'the link of the portal': { newSecret: ownSecret, sign: portalLink },
    'a code by mail': { newSecret: ownSecret, sign: accessCode },
  },
}

describe('rotating a secret', () => {
  it('is drilled for every variable of which the documentation says that it holds several', () => {
    const several = Object.entries(VARIABLES).flatMap(([name, { what }]) =>
      /separated by a comma|the first signs/.test(what) ? [name] : [],
    )
    expect(Object.keys(DRILLS).sort()).toEqual(several.sort())
  })

  const cases = Object.entries(DRILLS).flatMap(([variable, things]) =>
    Object.entries(things).map(([thing, drill]) => ({ variable, thing, drill })),
  )

  it.each(cases)(
    'of $variable takes $thing of both while both are listed, and none of the old one afterwards',
    async (one) => {
      // On a machine that is busy enough, a mark is not written in time, and that is logged.
      expectErrors()
      const { variable, drill } = one
      const [old, young] = [drill.newSecret(), drill.newSecret()]
      process.env[variable] = old
      // Each proof is used once, as a code or a link of the portal may be.
      const ofOld = [await drill.sign(old), await drill.sign(old)] as const
      process.env[variable] = `${young}, ${old}`
      const ofYoung = [await drill.sign(young), await drill.sign(young)] as const
      expect([await ofOld[0](), await ofYoung[0]()]).toEqual([true, true])
      process.env[variable] = young
      expect([await ofOld[1](), await ofYoung[1]()]).toEqual([false, true])
    },
  )
})
