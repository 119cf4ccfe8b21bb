import { apiRoute } from './api-route.ts'
import { answerDispute, closeDispute } from './dispute-charge.ts'
import type { Tree } from './form.ts'
import { isCreatedIn, PAGE_BY_DATE, pageOf } from './list-page.ts'
import { metadata } from './metadata.ts'
import { NO_EVIDENCE } from './new-dispute.ts'
import { boolean, oneOf, text } from './params.ts'
import { chargesOf, found, gathered } from './payment-routes.ts'
import { StripeError } from './stripe-error.ts'
import type { Dispute } from './wire-types.ts'
import type { World } from './world.ts'

const UPDATE = {
  evidence: readEvidence,
  intended_submission_method: oneOf('manual', 'prefer_manual', 'prefer_smart_disputes', 'smart_disputes'),
  metadata,
  submit: boolean,
}

export const DISPUTE_ROUTES = [
  apiRoute(
    ['GET', '/v1/disputes'],
    { ...PAGE_BY_DATE, charge: text(), payment_intent: text() },
    (world, { params, url }) => {
      const disputes = disputesOf(world, params)
      return pageOf(disputes.filter((dispute) => isCreatedIn(dispute.created, params.created)).reverse(), params, url)
    },
  ),
  apiRoute(['GET', '/v1/disputes/:id'], {}, ({ books }, { id }) => found(books.disputes, id, 'dispute')),
  apiRoute(['POST', '/v1/disputes/:id'], UPDATE, (world, { id, params }) => {
    const dispute = found(world.books.disputes, id, 'dispute')
    const { evidence = {}, metadata: noted = {}, submit = true } = params
    return answerDispute(world, dispute, { evidence, metadata: noted, submit: submit && params.evidence !== undefined })
  }),
  apiRoute(['POST', '/v1/disputes/:id/close'], {}, (world, { id }) =>
    closeDispute(world, found(world.books.disputes, id, 'dispute'), 'lost'),
  ),
]

// Evidence fields may be sent empty, which unsets them; files would need an upload, which is not offered.
function readEvidence(value: Tree | undefined, param: string): Record<string, string> | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') throw new StripeError('Invalid object', { param })
  for (const [field, said] of Object.entries(value)) {
    const at = `${param}[${field}]`
    if (!Object.hasOwn(NO_EVIDENCE, field))
      throw new StripeError(`Received unknown parameter: ${at}`, { code: 'parameter_unknown', param: at })
    if (typeof said !== 'string') throw new StripeError('Invalid string', { param: at })
  }
  return { ...value } as Record<string, string>
}

type Which = { charge?: string | undefined; payment_intent?: string | undefined }

function disputesOf(world: World, { charge, payment_intent }: Which): Dispute[] {
  const { books } = world
  if (charge === undefined && payment_intent === undefined) return books.disputes.all()
  const charges = charge === undefined ? chargesOf(world, payment_intent).map(({ id }) => id) : [charge]
  return charges.flatMap((id) => gathered(books.disputes, books.disputesOf.of(id)))
}
