import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Command } from '../../cli/commands/command.ts'
import { UsageError } from '../../cli/commands/command.ts'
import { isConfirmed } from '../../cli/commands/is-confirmed.ts'
import { productionEnvironment, readPlace } from '../../cli/commands/place.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { paperTerminal } from './paper-terminal.ts'
import { startTill } from './till-process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-place-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const NEON = 'postgres://u:p@ep-x.eu-central-1.aws.neon.tech/till'
const FILE = `SITE_URL=https://shop.example.com\nNETLIFY_DATABASE_URL=${NEON}\nEMAIL_FROM="A Shop <a@example.com>"\n`

describe('--env production', () => {
  it('reads .env.production, and what the environment says comes first', async () => {
    const file = join(folder, 'all')
    await writeFile(file, FILE)
    expect(productionEnvironment({ EMAIL_FROM: 'b@example.com', NETLIFY_BLOBS_CONTEXT: 'ours' }, file)).toEqual({
      SITE_URL: 'https://shop.example.com',
      NETLIFY_DATABASE_URL: NEON,
      EMAIL_FROM: 'b@example.com',
    })
  })

  it.each([
    ['nothing', ''],
    ['no address', `NETLIFY_DATABASE_URL=${NEON}`],
    ['an address of this machine', `NETLIFY_DATABASE_URL=${NEON}\nSITE_URL=http://localhost:8888`],
    [
      'a database of this machine',
      'NETLIFY_DATABASE_URL=postgres://u:p@localhost/till\nSITE_URL=https://shop.example.com',
    ],
  ])('refuses %s', async (name, text) => {
    const file = join(folder, name.replaceAll(' ', '-'))
    await writeFile(file, text)
    expect(() => productionEnvironment({}, file)).toThrow(UsageError)
  })

  it('refuses other places', () => {
    expect(() => readPlace('staging')).toThrow('--env is local or production, not staging.')
  })

  it('ends a real command with 2 where there is no such shop', async () => {
    const { code, err } = await startTill(['jobs', '--env', 'production'], { TILL_DATA_DIR: folder }).ended
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('--env production needs') })
  })
})

describe('a question', () => {
  const PAY: Command = {
    name: 'pay',
    summary: 'Pays',
    usage: '',
    details: '',
    options: {},
    wordCount: 0,
    question: () => 'Pay?',
    run: async ({ given, terminal }) => ((await isConfirmed('Really?', given, terminal)) ? 0 : 1),
  }

  it('says which shop it is about, before and inside of a command', async () => {
    const paper = paperTerminal(true)
    const places: unknown[] = []
    const code = await runTill(['pay', '--env', 'production'], {
      commands: [PAY],
      terminal: paper.terminal,
      connect: (work, place) => {
        places.push(place)
        return work({} as Parameters<typeof work>[0])
      },
      nameShop: (place) => `${place} https://shop.example.com`,
    })
    expect({ code, places, asked: paper.asked, err: paper.err }).toEqual({
      code: 0,
      places: ['production'],
      asked: ['Pay?', 'Really?'],
      err: Array(2).fill('The shop: production https://shop.example.com'),
    })
  })
})
