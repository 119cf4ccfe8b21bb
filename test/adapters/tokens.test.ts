import { describe, expect, it } from 'vitest'
import { LinkExpired, LinkOutdated, Unauthenticated } from '../../shop/errors.ts'
import { at, forgeAlgorithm, forgeToken, ISSUER, kidOf, NOW, OLD_SECRET, SECRET, tokensAt } from './forge-token.ts'

const GRANT = { orderItemId: 'itm_1', fileId: 'fil_1', epoch: 1 }
const verify = (token: string, secondsLater = 0) => tokensAt(secondsLater).verifyDownload(token)
const refused = (token: string) => expect(verify(token)).rejects.toBeInstanceOf(Unauthenticated)

describe('mintDownload', () => {
  it('signs what verifyDownload reads, says when it ends, and gives every token its own id', async () => {
    const tokens = tokensAt()
    const { token, expiresAt } = await tokens.mintDownload(GRANT, 900)
    const again = await tokens.mintDownload(GRANT, 900)
    expect(expiresAt).toEqual(new Date(NOW.getTime() + 900_000))
    const read = await tokens.verifyDownload(token)
    expect(read).toEqual({ ...GRANT, jti: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect((await tokens.verifyDownload(again.token)).jti).not.toBe(read.jti)
    expect(token.length).toBeLessThan(600)
  })
})

describe('verifyDownload', () => {
  it('takes the token that the forgeries below are made from', async () => {
    await expect(verify(forgeToken())).resolves.toEqual({ ...GRANT, jti: 'j1' })
  })

  it.each([
    ['padded', `${forgeToken()}=`],
    ['with a line break', `${forgeToken()}\n`],
    ['with a space', ` ${forgeToken()}`],
    ['of two parts', forgeToken().split('.').slice(0, 2).join('.')],
    ['of four parts', `${forgeToken()}.x`],
    ['without a signature', `${forgeToken().split('.').slice(0, 2).join('.')}.`],
    ['longer than 4 KB', `${'x'.repeat(4096)}.${forgeToken()}`],
    ['empty', ''],
    ['not a token', 'hello'],
    ['with a header that is not JSON', `${'e30x'.repeat(3)}.e30.${'x'.repeat(43)}`],
    ['with a header that is an array', `W10.e30.${'x'.repeat(43)}`],
    ['with another signature', forgeToken().replace(/.{43}$/, 'A'.repeat(43))],
  ])('D1 D2 refuses one that is %s', (_how, token) => refused(token))

  it.each(['none', 'None', 'HS384', 'HS512', 'RS256', 'ES256', '', 'hs256'])('D2 refuses the algorithm %j', (alg) =>
    refused(forgeAlgorithm(alg)),
  )

  it.each([
    ['an unknown kid', { kid: '00000000' }],
    ['no kid', { kid: undefined }],
    ['a kid that is no text', { kid: 7 }],
    ['crit', { crit: ['exp'], exp: 1 }],
    ['an unknown crit', { crit: ['b64'], b64: false }],
    ['another typ', { typ: 'access+jwt' }],
    ['the usual typ', { typ: 'JWT' }],
    ['no typ', { typ: undefined }],
  ])('D2 D3 refuses a header with %s', (_what, header) => refused(forgeToken({ header })))

  it.each(['jwk', 'jku', 'x5u', 'x5c'])('D2 never takes its key from the header %s', (name) => {
    const value = { jwk: { kty: 'oct', k: 'AAAA' }, x5c: ['AAAA'] }[name] ?? 'https://evil.example/keys'
    return refused(forgeToken({ header: { [name]: value }, secret: 'the-secret-of-somebody-else-entirely' }))
  })

  it.each([
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'order' }],
    ['no audience', { aud: undefined }],
    ['no exp', { exp: undefined }],
    ['no iat', { iat: undefined }],
    ['no jti', { jti: undefined }],
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['a sub that is no text', { sub: 7 }],
    ['a jti that is no text', { jti: {} }],
    ['no file', { fil: undefined }],
    ['no epoch', { epo: undefined }],
    ['an epoch that is text', { epo: '1' }],
    ['half an epoch', { epo: 1.5 }],
    ['exp as text', { exp: String(at(900)) }],
    ['iat as text', { iat: String(at(0)) }],
    ['an iat 10 minutes ahead', { iat: at(600), exp: at(1500) }],
    ['an nbf ahead', { nbf: at(600) }],
  ])('D3 D4 refuses claims with %s', (_what, claims) => refused(forgeToken({ claims })))

  it('D4 D5 calls what was once good expired: by its own time, and by its age', async () => {
    await expect(verify(forgeToken(), 906)).rejects.toBeInstanceOf(LinkExpired)
    await expect(verify(forgeToken({ claims: { exp: at(10 ** 6) } }), 906)).rejects.toBeInstanceOf(LinkExpired)
    await expect(verify(forgeToken(), 899)).resolves.toMatchObject(GRANT)
  })

  it('D3 refuses a token of the other purpose, both ways', async () => {
    const tokens = tokensAt()
    const access = await tokens.mintAccess({ orderId: 'ord_1', epoch: 1 }, 900)
    const { token } = await tokens.mintDownload(GRANT, 900)
    await expect(tokens.verifyDownload(access)).rejects.toBeInstanceOf(Unauthenticated)
    await expect(tokens.verifyAccess(token)).rejects.toBeInstanceOf(Unauthenticated)
  })
})

describe('verifyAccess', () => {
  it('reads the link of a receipt for a year, and then calls it expired', async () => {
    const token = await tokensAt().mintAccess({ orderId: 'ord_1', epoch: 3 }, 365 * 86_400)
    const nearly = 365 * 86_400 - 1
    await expect(tokensAt(nearly).verifyAccess(token)).resolves.toEqual({ orderId: 'ord_1', epoch: 3 })
    await expect(tokensAt(nearly + 10).verifyAccess(token)).rejects.toBeInstanceOf(LinkExpired)
  })
})

const EXPIRED = 90 * 86_400

describe('readExpiredDownload', () => {
  const read = (token: string, secondsLater: number) => tokensAt(secondsLater).readExpiredDownload(token)

  it('reads a link that works, one that has expired, and none that ended more than 90 days ago', async () => {
    for (const later of [0, 906, EXPIRED, EXPIRED + 899])
      await expect(read(forgeToken(), later)).resolves.toEqual({ orderItemId: 'itm_1' })
    await expect(read(forgeToken(), EXPIRED + 901)).rejects.toBeInstanceOf(LinkOutdated)
  })

  it.each([
    ['signed by nobody', forgeToken().replace(/.{43}$/, 'A'.repeat(43))],
    ['of the other purpose', forgeToken({ claims: { aud: 'order' } })],
    ['of another shop', forgeToken({ claims: { iss: 'https://evil.example' } })],
    ['of another type', forgeToken({ header: { typ: 'access+jwt' } })],
    ['without a subject', forgeToken({ claims: { sub: '' } })],
    ['that ended before it began', forgeToken({ claims: { exp: at(-600) } })],
    ['that was not good yet when it was made', forgeToken({ claims: { nbf: at(600) } })],
    ['without exp', forgeToken({ claims: { exp: undefined } })],
    ['not a token', 'hello'],
  ])('refuses one that is %s, expired or not', async (_what, token) => {
    for (const later of [0, 10_000]) {
      const error = await read(token, later).catch((reason: unknown) => reason)
      expect(error instanceof Unauthenticated || error instanceof LinkExpired).toBe(true)
    }
  })
})

describe('readExpiredAccess', () => {
  it('reads the link of a receipt for 90 days after its year', async () => {
    const token = await tokensAt().mintAccess({ orderId: 'ord_1', epoch: 3 }, 365 * 86_400)
    const later = (days: number) => tokensAt(days * 86_400).readExpiredAccess(token)
    await expect(later(366)).resolves.toEqual({ orderId: 'ord_1' })
    await expect(later(454)).resolves.toEqual({ orderId: 'ord_1' })
    await expect(later(456)).rejects.toBeInstanceOf(LinkOutdated)
    await expect(tokensAt(906).readExpiredAccess(forgeToken())).rejects.toBeInstanceOf(Unauthenticated)
  })
})

describe('verifyPortal', () => {
  it('reads the link of the portal for half an hour, and then calls it expired', async () => {
    const token = await tokensAt().mintPortal('lnk_1', 1_800)
    await expect(tokensAt(1_799).verifyPortal(token)).resolves.toBe('lnk_1')
    await expect(tokensAt(1_806).verifyPortal(token)).rejects.toBeInstanceOf(LinkExpired)
  })

  it('does not take one that was made to last longer', async () => {
    const token = await tokensAt().mintPortal('lnk_1', 86_400)
    await expect(tokensAt(1_806).verifyPortal(token)).rejects.toBeInstanceOf(LinkExpired)
  })
})

describe('a token', () => {
  const partsOf = (token: string) =>
    token
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

  it('says what it is for: the purposes differ in type and audience, which cannot be confused', async () => {
    const tokens = tokensAt()
    const made = {
      download: (await tokens.mintDownload(GRANT, 900)).token,
      order: await tokens.mintAccess({ orderId: 'ord_1', epoch: 2 }, 900),
      portal: await tokens.mintPortal('lnk_1', 900),
    }
    const times = { iss: ISSUER, iat: at(0), exp: at(900), jti: expect.stringMatching(/^[0-9a-f-]{36}$/) }
    const header = (typ: string) => ({ alg: 'HS256', typ, kid: kidOf(SECRET) })
    expect(partsOf(made.download)).toEqual([
      header('dl+jwt'),
      { ...times, aud: 'download', sub: 'itm_1', fil: 'fil_1', epo: 1 },
    ])
    expect(partsOf(made.order)).toEqual([header('access+jwt'), { ...times, aud: 'order', sub: 'ord_1', epo: 2 }])
    expect(partsOf(made.portal)).toEqual([header('portal+jwt'), { ...times, aud: 'portal', sub: 'lnk_1' }])
  })

  it('is made with a secret or not at all', async () => {
    await expect(tokensAt(0, []).mintDownload(GRANT, 900)).rejects.toThrow(
      new TypeError('tokens need at least one secret'),
    )
  })

  it('may be 4,096 characters long, and not one more', async () => {
    await expect(verify(tokenOfLength(4_096))).resolves.toMatchObject(GRANT)
    expect(await refusalOf(tokenOfLength(4_097))).toMatchObject({ name: 'Unauthenticated', cause: undefined })
  })
})

/** A good token with something in it that nobody reads. */
function tokenOfLength(length: number): string {
  for (let head = 0; head < 4; head++) {
    for (let pad = 0; pad < length; pad++) {
      const token = forgeToken({ header: { x: 'x'.repeat(head) }, claims: { pad: 'x'.repeat(pad) } })
      if (token.length === length) return token
      if (token.length > length) break
    }
  }
  throw new Error(`no token is ${length} characters long`)
}

const refusalOf = (token: string, secondsLater = 0) => verify(token, secondsLater).catch((error: unknown) => error)

describe('a refusal', () => {
  const INVALID = 'This link is not valid.'

  it.each([
    ['before anything in it is read: its shape', ` ${forgeToken()}`],
    ['before anything in it is believed: a key that is not ours', forgeToken({ header: { kid: '00000000' } })],
    ['for what it says: no subject', forgeToken({ claims: { sub: '' } })],
    ['for what it says: no epoch', forgeToken({ claims: { epo: 'x' } })],
  ])('comes %s', async (_what, token) => {
    expect(await refusalOf(token)).toMatchObject({ message: INVALID, cause: undefined })
  })

  it.each([
    ['that its signature is wrong', forgeToken().replace(/.{43}$/, 'A'.repeat(43))],
    ['that its header is not JSON', `${'e30x'.repeat(3)}.e30.${'x'.repeat(43)}`],
  ])('keeps for the log %s', async (_what, token) => {
    expect(await refusalOf(token)).toMatchObject({ message: INVALID, cause: expect.any(Error) })
  })

  it('of one that has expired hands it on, for the page that offers a fresh one', async () => {
    const token = forgeToken()
    const refusal = { message: 'This link has expired.', token, cause: expect.any(Error) }
    expect(await refusalOf(token, 906)).toMatchObject(refusal)
  })

  it('of one that ended 90 days ago comes a second later', async () => {
    const read = (secondsLater: number) => tokensAt(secondsLater).readExpiredDownload(forgeToken())
    await expect(read(900 + EXPIRED)).resolves.toEqual({ orderItemId: 'itm_1' })
    await expect(read(901 + EXPIRED)).rejects.toThrow(new LinkOutdated('This link is too old.'))
  })
})

describe('rotation', () => {
  it('verifies what an older secret signed while it is listed, signs with the first, and forgets a removed one', async () => {
    const { token: old } = await tokensAt(0, [OLD_SECRET]).mintDownload(GRANT, 900)
    const both = tokensAt(0, [SECRET, OLD_SECRET])
    await expect(both.verifyDownload(old)).resolves.toMatchObject(GRANT)
    const { token: fresh } = await both.mintDownload(GRANT, 900)
    await expect(tokensAt().verifyDownload(fresh)).resolves.toMatchObject(GRANT)
    await expect(tokensAt().verifyDownload(old)).rejects.toBeInstanceOf(Unauthenticated)
  })

  it("refuses a token that one secret signed under the other's kid", () =>
    refused(forgeToken({ secret: OLD_SECRET, header: { kid: forgeToken().slice(0, 8) } })))
})
