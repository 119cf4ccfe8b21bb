import { describe, expect, it } from 'vitest'
import { tryDamagedTokens } from './damaged-tokens.ts'

describe('verifyDownload', () => {
  it('accepts none of 100,000 damaged tokens, and refuses each in good order', async () => {
    expect(await tryDamagedTokens(100_000)).toEqual({ accepted: 0, refused: 100_000, uncaught: 0 })
  })
})
