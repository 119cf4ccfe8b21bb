import { createHmac, randomBytes } from 'node:crypto'
import Stripe from 'stripe'
import { EVENT_TYPES } from '../../../shop/payments/event-types.ts'
import { askStripe } from '../stripe/ask-stripe.ts'
import { type Answer, ask } from './ask.ts'
import { type Check, type Finding, fail, ok, type Patient, warn } from './finding.ts'

const PAGE = 'Stripe → Developers → Webhooks'

/** What the shop reads all the time; the writing permissions show themselves only when they are used. */
const READS = {
  'Checkout Sessions': '/checkout/sessions',
  'Charges and Refunds': '/refunds',
  Disputes: '/disputes',
  PaymentIntents: '/payment_intents',
}

/** That Stripe answers, takes the key, and lets it read what the shop reads. */
export const STRIPE_CHECK: Check = {
  name: 'stripe',
  run: async ({ config }) => {
    const answers = await Promise.all(
      Object.entries(READS).map(async ([permission, path]) => ({
        permission,
        answer: await askStripe(config, `${path}?limit=1`),
      })),
    )
    const found = answers.flatMap(({ permission, answer }) => judgeRead(permission, answer))
    const first = answers[0]?.answer ?? null
    return found.length > 0
      ? found
      : [ok('Stripe takes the key, and lets it read what the shop reads'), ...judgeClock(first, 'Stripe')]
  },
}

function judgeRead(permission: string, answer: Answer | null): Finding[] {
  if (!answer)
    return [fail('Stripe does not answer', 'Try again; if it stays, look at status.stripe.com and at STRIPE_API_BASE.')]
  if (answer.status === 200) return []
  if (answer.status === 401) return [fail('Stripe does not take the key', 'Put one that works into STRIPE_SECRET_KEY.')]
  if (answer.status === 403)
    return [fail(`The key lacks a permission: ${permission}`, 'Give it what docs/DEPLOY.md, step 5 lists.')]
  return [fail(`Stripe answers ${answer.status} (${permission})`, 'Look at Stripe → Developers → Logs.')]
}

/** How far this machine's clock is from somebody else's. */
function judgeClock(answer: Answer | null, whose: string): Finding[] {
  const at = Date.parse(answer?.headers.get('date') ?? '')
  if (Number.isNaN(at)) return []
  const seconds = Math.round(Math.abs(Date.now() - at) / 1000)
  if (seconds <= 30) return [ok(`The clock agrees with ${whose}'s`)]
  const remedy = 'Set the clock by the network. Signatures of Stripe that are five minutes old are turned away.'
  return [
    seconds > 300
      ? fail(`The clock is ${seconds} s from ${whose}'s`, remedy)
      : warn(`The clock is ${seconds} s from ${whose}'s`, remedy),
  ]
}

type Endpoint = { id: string; url: string; status: string; enabled_events: string[]; api_version: string | null }

/** That Stripe tells this shop of its sales: once, with all events, in the version that the code was written for. */
export const WEBHOOK_CHECK: Check = {
  name: 'webhook',
  run: async ({ config }) => {
    const answer = await askStripe(config, '/webhook_endpoints?limit=100')
    if (answer?.status === 403)
      return [
        warn(
          'The key may not list webhook endpoints, so they were not looked at',
          'For this check, give it “Webhook Endpoints: Read”; or compare with docs/DEPLOY.md by eye.',
        ),
      ]
    if (answer?.status !== 200) return [fail('Stripe does not list its webhook endpoints', 'Run the check again.')]
    const url = `${config.siteUrl}/stripe_webhook`
    const all = answer.json.data as Endpoint[]
    const ours = all.filter((endpoint) => endpoint.url === url && endpoint.status === 'enabled')
    return [...judgeCount(all, ours, url), ...ours.flatMap(judgeEndpoint)]
  },
}

function judgeCount(all: Endpoint[], ours: Endpoint[], url: string): Finding[] {
  if (ours.length === 1) return [ok(`Stripe delivers to ${url}`)]
  if (ours.length > 1)
    return [
      fail(
        `${ours.length} endpoints deliver to ${url}`,
        `Delete all but one: ${PAGE}. Each has a secret of its own, and the shop turns the others away.`,
      ),
    ]
  const off = all.find((endpoint) => endpoint.url === url)
  if (off) return [fail('The endpoint is switched off', `Enable ${off.id}: ${PAGE}.`)]
  const near = all.find((endpoint) => endpoint.url.replace(/\/$/, '').endsWith('/stripe_webhook'))
  const hint = near ? ` There is one for ${near.url}: correct it, or SITE_URL.` : ''
  return [fail(`Nothing delivers to ${url}`, `Add it: ${PAGE}, as docs/DEPLOY.md, step 5 says.${hint}`)]
}

function judgeEndpoint({ enabled_events: events, api_version }: Endpoint): Finding[] {
  const wanted = Object.keys(EVENT_TYPES)
  const isAll = events.includes('*')
  const missing = isAll ? [] : wanted.filter((type) => !events.includes(type))
  const found: Finding[] = []
  if (missing.length > 0)
    found.push(fail(`The endpoint does not listen to ${missing.join(', ')}`, `Add them: ${PAGE}.`))
  else if (isAll || events.length > wanted.length)
    found.push(
      warn(
        'The endpoint listens to more events than the shop reads',
        `Take the others away: ${PAGE}. They are ignored, and cost a call each.`,
      ),
    )
  else found.push(ok(`It listens to the ${wanted.length} events that the shop reads`))
  if (api_version !== Stripe.API_VERSION)
    found.push(
      fail(
        `The endpoint's API version is ${api_version ?? 'the account’s own'}, not ${Stripe.API_VERSION}`,
        `Make a new endpoint with that version: ${PAGE}. It cannot be changed on one that exists.`,
      ),
    )
  return found
}

/** That the shop out there takes what is signed with our secret: a delivery of an event that means nothing. */
export const SECRET_CHECK: Check = {
  name: 'signing secret',
  run: async (patient) => {
    const secrets = patient.config.stripeWebhookSecrets
    const found = await Promise.all(
      secrets.map((secret, i) => tryDelivery(patient, secret, secrets.length > 1 ? ` ${i + 1}` : '')),
    )
    return found.flat()
  },
}

async function tryDelivery({ config, app }: Patient, secret: string, which: string): Promise<Finding[]> {
  const livemode = app.payments.livemode
  const event = {
    id: `evt_doctor${randomBytes(8).toString('hex')}`,
    object: 'event',
    type: 'till.doctor',
    livemode,
    data: { object: {} },
  }
  const body = JSON.stringify(event)
  const seconds = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${seconds},v1=${signature}` }
  const answer = await ask(`${config.siteUrl}/stripe_webhook`, { method: 'POST', headers, body })
  if (answer?.status === 200) return [ok(`The shop takes a delivery signed with our secret${which}`)]
  if (!answer) return [fail('The shop does not answer a delivery', 'Is it deployed, and does SITE_URL lead to it?')]
  if (answer.status === 400)
    return [
      fail(
        `The shop turns a delivery signed with our secret${which} away`,
        'Its STRIPE_WEBHOOK_SECRET is another one: set it at Netlify and deploy again; or the clock is wrong.',
      ),
    ]
  return [
    fail(
      `The shop answers a delivery with ${answer.status}`,
      'It must be 200, without a redirect or a password. Look at the log of stripe_webhook.',
    ),
  ]
}
