import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signPoke, verifyPoke } from '../../adapters/poke-signature.ts'
import { Unauthenticated } from '../../shop/errors.ts'

const SECRET = 'a-secret-of-32-characters-or-more'
const OLD = 'an-older-secret-of-32-characters-or-more'
const NOW = new Date('2026-11-23T10:00:00Z')
const SECONDS = NOW.getTime() / 1000

const signed = (secondsLater: number, secret = SECRET) => {
  const at = SECONDS + secondsLater
  return `t=${at},v1=${createHmac('sha256', secret).update(`till-poke.${at}`).digest('hex')}`
}

describe('signPoke', () => {
  it('signs the second with the first secret', () => {
    expect(signPoke([SECRET, OLD], new Date(NOW.getTime() + 999))).toBe(signed(0))
  })
})

describe('verifyPoke', () => {
  it.each([0, -1, -60, 60])('takes our own signature of %i s', (later) => {
    expect(() => verifyPoke(signed(later), [SECRET], NOW)).not.toThrow()
  })

  it('takes a poke of a secret that is being rolled, and of none that is gone', () => {
    expect(() => verifyPoke(signed(0, OLD), [SECRET, OLD], NOW)).not.toThrow()
    expect(() => verifyPoke(signed(0, OLD), [SECRET], NOW)).toThrow(Unauthenticated)
  })

  it.each([
    ['no signature', null],
    ['an empty one', ''],
    ['nonsense', 'foo'],
    ['only a time', `t=${SECONDS}`],
    ['only a digest', signed(0).slice(signed(0).indexOf('v1='))],
    ['a digest cut short', signed(0).slice(0, -1)],
    ['a digest in capitals', signed(0).toUpperCase()],
    ['something behind it', `${signed(0)},v1=${'0'.repeat(64)}`],
    ['something before it', `t=1,${signed(0)}`],
    ['a line break', `${signed(0)}\n`],
    ['one wrong letter', signed(0).replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    ['another time than was signed', signed(0).replace(/t=\d+/, `t=${SECONDS - 1}`)],
    ['one that is 61 s old', signed(-61)],
    ['one that is 61 s ahead', signed(61)],
    ['the secret of somebody else', signed(0, 'x'.repeat(40))],
    ['an empty secret', signed(0, '')],
  ])('refuses %s', (_what, signature) => {
    expect(() => verifyPoke(signature, [SECRET, OLD], NOW)).toThrow(Unauthenticated)
  })

  it.each([null, '', 'x', `t=${SECONDS}`, `t=,v1=${'0'.repeat(64)}`])('says that %j is not signed', (signature) => {
    expect(() => verifyPoke(signature, [SECRET], NOW)).toThrow(new Unauthenticated('The poke is not signed.'))
  })

  it.each([signed(-61), signed(61), signed(0, 'x'.repeat(40))])('says that %j is forged or stale', (signature) => {
    expect(() => verifyPoke(signature, [SECRET], NOW)).toThrow(new Unauthenticated('The poke is forged or stale.'))
  })
})
