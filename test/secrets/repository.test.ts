import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { disguises, entropy, findSecretForms } from '../support/secret-forms.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What git keeps or is about to: tracked files and those that nothing ignores. */
function files(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT })
  return listed.toString().split('\0').filter(Boolean)
}

function textOf(name: string): string {
  try {
    const bytes = readFileSync(`${ROOT}${name}`)
    return bytes.includes(0) ? '' : bytes.toString()
  } catch (error) {
    // Listed still, and gone from the folder.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

describe('the repository', () => {
  it('holds nothing that looks like a real secret', () => {
    const names = files()
    expect(names.length).toBeGreaterThan(500)
    const found = names.flatMap((name) =>
      findSecretForms(textOf(name)).map(({ what, text }) => `${name}: ${what}, ${text}`),
    )
    expect(found).toEqual([])
  })

  it('ignores the files in which secrets are kept on this machine', () => {
    const kept = ['.env', '.local/secrets.json', '.netlify/state.json']
    const ignored = execFileSync('git', ['check-ignore', ...kept], { cwd: ROOT })
      .toString()
      .trim()
      .split('\n')
    expect(ignored).toEqual(kept)
  })

  it('has a form to fill in that is empty where secrets belong', () => {
    const filled = textOf('.env.example').match(/^#? ?\w*(?:SECRET|KEY|TOKEN|PASSWORD|DATABASE_URL|HOOK_URL)\w*=.+$/gm)
    expect(filled).toBeNull()
  })
})

/** Made here, so that the files of this project hold none. */
const letters = 'q8Zr2LmXv5TnKc9WbYh4JdGs7FpRtA3e'
const REAL = [
  `sk_${'live'}_${letters}`,
  `rk_${'test'}_${letters}`,
  `whsec_${letters}`,
  `re_${letters.slice(0, 8)}_${letters.slice(8)}`,
  `nfp_${letters}`,
  `ghp_${letters}`,
  `AKIA${letters.toUpperCase().slice(0, 16)}`,
  `-----BEGIN ${'PRIVATE'} KEY-----\n${letters}${letters}`,
  `postgres://till:${letters}@ep-1.neon.tech/till`,
  `DOWNLOAD_TOKEN_SECRET=${letters}`,
]
const MADE_UP = [
  'sk_test_0123456789abcdef',
  'whsec_0123456789abcdef0123456789abcdef',
  'rk_live_…',
  'postgres://user:password@ep-name-pooler.eu-central-1.aws.neon.tech/till',
  'AKIAIOSFODNN7EXAMPLE',
  `secret: '${'x'.repeat(40)}'`,
]

describe('findSecretForms', () => {
  it.each(REAL)('finds %s', (text) => {
    expect(findSecretForms(`const key = '${text}'`)).not.toEqual([])
  })

  it.each(MADE_UP)('passes over what somebody typed: %s', (text) => {
    expect(findSecretForms(text)).toEqual([])
  })

  it('measures how random a text is', () => {
    expect([entropy('aaaa'), entropy('abab'), entropy('0123456789abcdef')]).toEqual([0, 1, 4])
  })
})

describe('disguises', () => {
  it('finds a secret again in base64, wherever it stands, in hexadecimal, in an address and in JSON', () => {
    const secret = 'a/secret+of "its" own 12345'
    const hidden = ['', 'x', 'xy', 'xyz'].flatMap((before) => [
      Buffer.from(`${before}${secret}tail`).toString('base64'),
      Buffer.from(`${before}${secret}tail`).toString('base64url'),
    ])
    const texts = [...hidden, Buffer.from(secret).toString('hex'), encodeURIComponent(secret), JSON.stringify(secret)]
    for (const text of texts) expect([text, disguises(secret).some((one) => text.includes(one))]).toEqual([text, true])
  })
})
