import process from 'node:process'
import { createInterface } from 'node:readline/promises'
import type { Terminal } from './command.ts'

const CLEAR_LINE = '\r\u001b[2K'

/** The terminal of this process. The first Ctrl-C asks the command to end, the second one ends it. */
export function openTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  const stopping = new AbortController()
  process.once('SIGINT', () => stopping.abort())
  let isShowing = false
  const write = (stream: NodeJS.WriteStream, line: string) => {
    if (isShowing) stderr.write(CLEAR_LINE)
    isShowing = false
    stream.write(`${line}\n`)
  }
  return {
    print: (line) => write(stdout, line),
    tell: (line) => write(stderr, line),
    progress: (line) => {
      if (!stderr.isTTY) return
      stderr.write(`${CLEAR_LINE}${line.slice(0, (stderr.columns ?? 80) - 1)}`)
      isShowing = true
    },
    ask: async (question) => {
      if (!stdin.isTTY) return null
      const reader = createInterface({ input: stdin, output: stderr })
      const answer = await reader.question(`${question} [y/N] `)
      reader.close()
      return /^y(es)?$/i.test(answer.trim())
    },
    stopping: stopping.signal,
  }
}
