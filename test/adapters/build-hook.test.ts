import { describe, expect, it } from 'vitest'
import { createBuildHook } from '../../adapters/build-hook.ts'
import { readConfig } from '../../adapters/config.ts'
import { Misconfigured, VendorDown, VendorRefused } from '../../shop/errors.ts'
import { answeringServer, type Reply } from './answering-server.ts'

const SECRET = '0123456789abcdef01234567'

async function ask(reply: Reply): Promise<unknown> {
  await using netlify = await answeringServer(reply)
  const hook = createBuildHook(() => `${netlify.origin}/build_hooks/${SECRET}`)
  return await hook.ask().catch((error: unknown) => error)
}

describe('the build hook', () => {
  it('is asked by a POST, and any success is one', async () => {
    expect(await ask({ status: 200, body: '' })).toBeUndefined()
    expect(await ask({ status: 201, body: '{}' })).toBeUndefined()
  })

  it.each([
    [{ status: 500, body: 'oops' }, VendorDown, 0],
    [{ status: 429, body: '', headers: { 'retry-after': '90' } }, VendorDown, 90],
    ['reset' as const, VendorDown, 300],
  ])('waits after %j', async (reply, kind, retryAfter) => {
    const error = await ask(reply)
    expect(error).toBeInstanceOf(kind)
    expect(error).toMatchObject({ retryAfter })
  })

  it.each([404, 401, 302])('says whose fault %i is: that of the address', async (status) => {
    const error = await ask({ status, body: '', headers: { location: '/elsewhere' } })
    expect(error).toBeInstanceOf(VendorRefused)
    expect(error).toMatchObject({ isAboutKey: true, message: expect.stringContaining(String(status)) })
  })

  it('never repeats its address, which is a secret', async () => {
    for (const reply of [{ status: 500, body: '' }, { status: 404, body: '' }, 'reset'] as const) {
      const { message, stack, cause } = (await ask(reply)) as Error
      expect(`${message}${stack}${String(cause)}`).not.toContain(SECRET)
    }
  })

  it('is known not to be there', async () => {
    const none = createBuildHook(() => undefined)
    expect(none.isSet).toBe(false)
    await expect(none.ask()).rejects.toBeInstanceOf(Misconfigured)
  })

  it.each(['', '  ', 'undefined', 'not an address'])(
    'that is %j is there, and says what is wrong with it',
    async (value) => {
      const config = readConfig({ NETLIFY_BUILD_HOOK_URL: value })
      const wrong = createBuildHook(() => config.buildHook)
      expect(wrong.isSet).toBe(true)
      await expect(wrong.ask()).rejects.toThrow(/^NETLIFY_BUILD_HOOK_URL is not/)
    },
  )
})
