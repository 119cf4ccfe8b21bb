import { describe, expect, it } from 'vitest'
import type { Call, Command } from '../../cli/commands/command.ts'
import { COMMANDS } from '../../cli/commands/command-table.ts'
import { runTill } from '../../cli/commands/run-till.ts'
import { VendorDown } from '../../shop/errors.ts'
import { paperTerminal } from './paper-terminal.ts'

const LOOK: Command = {
  name: 'look',
  summary: 'Looks at something',
  usage: '<thing> [--long]',
  details: 'It only looks.',
  options: { long: { type: 'boolean' }, far: { type: 'string' } },
  wordCount: 1,
  run: async ({ given, terminal }) => {
    terminal.print(JSON.stringify(given))
    return 0
  },
}
const PAY_BACK: Command = {
  ...LOOK,
  name: 'order refund',
  summary: 'Pays back',
  question: ({ words }) => `Pay ${words[0]} back?`,
  options: {},
}
const FAIL: Command = {
  ...LOOK,
  name: 'fail',
  wordCount: 0,
  run: () => Promise.reject(new VendorDown('stripe', 'Gone.')),
}
const BUG: Command = { ...FAIL, name: 'bug', run: () => Promise.reject(new TypeError('a bug')) }

async function till(line: string, answer: boolean | null = null, commands = [LOOK, PAY_BACK, FAIL, BUG]) {
  const paper = paperTerminal(answer)
  let connections = 0
  const code = await runTill(line.split(' ').filter(Boolean), {
    commands,
    terminal: paper.terminal,
    connect: (work) => {
      connections += 1
      return work({} as Pick<Call, 'app' | 'folder'>)
    },
  })
  return { code, connections, out: paper.out.join('\n'), err: paper.err.join('\n'), asked: paper.asked }
}

describe('runTill', () => {
  it('runs a command with its words and options', async () => {
    const { code, out } = await till('look here --long --far=10')
    expect([code, JSON.parse(out)]).toEqual([0, { words: ['here'], options: { long: true, far: '10' } }])
  })

  it.each([
    ['fly', 'There is no command "fly".\n'],
    ['lok', 'There is no command "lok". Did you mean "look"?'],
    ['lok here', 'Did you mean "look"?'],
    ['oder refund ord_1', 'Did you mean "order refund"?'],
    ['order', 'There is no command "order". There is:\n  order refund  Pays back\n'],
    ['order fly', 'There is no command "order fly". There is:\n  order refund  Pays back\n'],
    ['help order', 'There is:\n  order refund  Pays back\n'],
    ['look', 'npm run till -- look <thing> [--long]\nnpm run till -- help look tells more.'],
    ['look here there', 'look <thing> [--long]'],
    ['look here --wide', '--wide'],
    ['look here --long=yes', '--long'],
    ['look here --far', '--far'],
    ['help fly', 'There is no command "fly".'],
  ])('answers 2 and opens nothing for a wrong call: till %s', async (line, complaint) => {
    const { code, connections, out, err } = await till(line)
    expect([code, connections, out]).toEqual([2, 0, ''])
    expect(err).toContain(complaint)
    expect(err).toContain('npm run till -- help')
  })

  it.each(['', 'help', '--help', '-h'])('lists the commands: till %s', async (line) => {
    const { code, connections, out } = await till(line)
    expect([code, connections]).toEqual([0, 0])
    for (const words of ['look', 'Looks at something', 'order refund', 'Pays back']) expect(out).toContain(words)
  })

  it.each(['help look', 'look --help', 'look here -h'])(
    'teaches a command without running it: till %s',
    async (line) => {
      const { code, connections, out } = await till(line)
      expect([code, connections]).toEqual([0, 0])
      expect(out).toBe('Usage: npm run till -- look <thing> [--long]\n\nLooks at something.\n\nIt only looks.')
    },
  )

  it('writes the help of every command for a terminal of 80 columns', async () => {
    for (const command of COMMANDS) {
      const { out } = await till(`help ${command.name}`, null, COMMANDS)
      expect(out.split('\n').filter((line) => line.length > 80)).toEqual([])
      expect(out.replace(/\s+/g, ' ')).toContain(command.details.replace(/\s+/g, ' ').trim())
    }
  })

  it('asks before money moves, and does nothing without a yes', async () => {
    expect(await till('order refund ord_1', true)).toMatchObject({
      code: 0,
      connections: 1,
      asked: ['Pay ord_1 back?'],
    })
    expect(await till('order refund ord_1', false)).toMatchObject({ code: 1, connections: 0, err: 'Nothing was done.' })
    expect(await till('order refund ord_1 --yes')).toMatchObject({ code: 0, connections: 1, asked: [] })
    const alone = await till('order refund ord_1')
    expect(alone).toMatchObject({ code: 2, connections: 0 })
    expect(alone.err).toContain('--yes')
    expect((await till('look here --yes')).code).toBe(2)
  })

  it('answers 1 for what failed, and shows the place of a mistake of the program only', async () => {
    expect(await till('fail')).toMatchObject({ code: 1, err: 'Gone.' })
    const bug = await till('bug')
    expect(bug.code).toBe(1)
    expect(bug.err).toMatch(/TypeError: a bug\n +at /)
  })
})

describe('the commands', () => {
  it('have names of their own, none the beginning of another, and each an explanation', () => {
    const names = COMMANDS.map(({ name }) => `${name} `)
    for (const name of names) expect(names.filter((other) => other.startsWith(name))).toEqual([name])
    for (const { summary, details, usage, options } of COMMANDS) {
      expect(summary).toMatch(/^[A-Z].*[^.]$/)
      for (const option of Object.keys(options)) expect(`${usage}\n${details}`).toContain(`--${option}`)
    }
  })
})
