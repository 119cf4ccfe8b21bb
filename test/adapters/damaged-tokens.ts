import fc from 'fast-check'
import { LinkExpired, Unauthenticated } from '../../shop/errors.ts'
import { forgeToken, tokensAt } from './forge-token.ts'

const GOOD = forgeToken()
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const position = fc.nat({ max: GOOD.length - 1 })

/** A good token with one letter replaced, put in or taken out, cut short, or two of its parts swapped. */
const anything = fc.oneof(
  fc
    .tuple(position, fc.constantFrom(...`${ALPHABET}.=+/ \n`))
    .map(([i, to]) => GOOD.slice(0, i) + to + GOOD.slice(i + 1)),
  fc.tuple(position, fc.constantFrom(...`${ALPHABET}.=`)).map(([i, more]) => GOOD.slice(0, i) + more + GOOD.slice(i)),
  position.map((i) => GOOD.slice(0, i) + GOOD.slice(i + 1)),
  position.map((i) => GOOD.slice(0, i)),
  fc.shuffledSubarray(GOOD.split('.'), { minLength: 3 }).map((parts) => parts.join('.')),
  fc.array(fc.base64String(), { minLength: 3, maxLength: 3 }).map((parts) => parts.join('.')),
  fc.string({ maxLength: 300 }),
)

/** The last letter of a signature of 32 bytes carries two idle bits, so four spellings are one signature. */
const isSameSignature = (token: string) =>
  token.length === GOOD.length &&
  token.slice(0, -1) === GOOD.slice(0, -1) &&
  Buffer.from(token.slice(-43), 'base64url').equals(Buffer.from(GOOD.slice(-43), 'base64url'))

const damaged = anything.filter((token) => !isSameSignature(token))

/** What becomes of so many damaged tokens. */
export async function tryDamagedTokens(count: number) {
  const tokens = tokensAt()
  const outcomes = { accepted: 0, refused: 0, uncaught: 0 }
  for (const token of fc.sample(damaged, count)) {
    const error = await tokens.verifyDownload(token).then(
      () => null,
      (reason: unknown) => reason,
    )
    if (error === null) outcomes.accepted += 1
    else if (error instanceof Unauthenticated || error instanceof LinkExpired) outcomes.refused += 1
    else outcomes.uncaught += 1
  }
  return outcomes
}
