import type { Terminal } from '../../cli/commands/command.ts'

/** A terminal that keeps what is written; `answer` is what the person says, null when there is none. */
export function paperTerminal(answer: boolean | null = null) {
  const stop = new AbortController()
  const out: string[] = []
  const err: string[] = []
  const shown: string[] = []
  const asked: string[] = []
  const terminal: Terminal = {
    print: (line) => void out.push(line),
    tell: (line) => void err.push(line),
    progress: (line) => void shown.push(line),
    ask: async (question) => {
      asked.push(question)
      return answer
    },
    stopping: stop.signal,
  }
  return { terminal, out, err, shown, asked, stop: () => stop.abort() }
}
