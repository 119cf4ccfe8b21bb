import { describe, expect, it } from 'vitest'
import { EVENT_TYPES } from '../../shop/payments/event-types.ts'
import { plain, readPage, tableAfter } from './read-markdown.ts'

const page = readPage('docs/DEPLOY.md')

describe('docs/DEPLOY.md, Stripe', () => {
  it('lists exactly the events that the webhook listens to, with what is read from each', () => {
    const words = { id: "the session's id", payment_intent: "the payment intent's id" }
    const expected = Object.entries(EVENT_TYPES).map(([type, { refers }]) => [type, words[refers]])
    const listed = tableAfter(page, '- Exactly these events:').map(([type, reads]) => [plain(type), reads])
    expect(listed).toEqual(expected)
  })

  it('names the API version of the installed SDK', async () => {
    const { default: Stripe } = await import('stripe')
    expect(page.text).toContain(`API version: \`${Stripe.API_VERSION}\``)
  })

  it('sends events to the address of the webhook function', async () => {
    const { config } = await import('../../functions/stripe_webhook.ts')
    expect(page.text).toContain(`your \`SITE_URL\` followed by \`${config.path}\``)
  })
})

describe('docs/DEPLOY.md, the contents', () => {
  it('lists the steps in their order', () => {
    const listed = [...page.text.matchAll(/^\d+\. \[(.*)\]\(#/gm)].map(([, title]) => title)
    const headings = [...page.text.matchAll(/^## \d+\. (.*)$/gm)].map(([, title]) => title)
    expect(listed).toEqual(headings)
  })
})
