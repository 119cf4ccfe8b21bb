import { describe, expect, it } from 'vitest'
import { tryDamagedTokens } from './damaged-tokens.ts'

describe('verifyDownload', () => {
  it('accepts none of 2,000 damaged tokens, and refuses each in good order', async () => {
    expect(await tryDamagedTokens(2_000)).toEqual({ accepted: 0, refused: 2_000, uncaught: 0 })
  })
})
