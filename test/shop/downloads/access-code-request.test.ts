import { describe, expect, it } from 'vitest'
import { CodeGuess, CodeWish } from '../../../shop/downloads/access-code-request.ts'

const session_id = 'cs_test_a1B2c3D4'
const email = 'buyer@example.com'

describe('CodeWish', () => {
  it.each([email, ' Buyer@Example.COM ', 'a+b@c.de'])('takes %j', (address) => {
    expect(CodeWish.parse({ session_id, email: address })).toEqual({ session_id, email: address })
  })

  it.each([
    {},
    { session_id },
    { email },
    { session_id, email: 'no address' },
    { session_id, email: 'a@b.cd\r\nbcc: d@e.fg' },
    { session_id, email: 'a@b.cd, d@e.fg' },
    { session_id, email: `${'a'.repeat(320)}@example.com` },
    { session_id, email: [email] },
    { session_id: 'pi_1234567890', email },
    { session_id, email, code: '123456' },
  ])('refuses %j', (body) => {
    expect(CodeWish.safeParse(body).success).toBe(false)
  })
})

describe('CodeGuess', () => {
  it.each(['000000', '123456'])('takes %s', (code) => {
    expect(CodeGuess.parse({ session_id, code })).toEqual({ session_id, code })
  })

  it.each([
    {},
    { session_id },
    { code: '123456' },
    { session_id, code: 123456 },
    { session_id, code: '12345' },
    { session_id, code: '1234567' },
    { session_id, code: '12345６' },
    { session_id, code: '123456\n' },
    { session_id, code: ['123456'] },
    { session_id: 'pi_1234567890', code: '123456' },
    { session_id, code: '123456', email },
  ])('refuses %j', (body) => {
    expect(CodeGuess.safeParse(body).success).toBe(false)
  })
})
