import { readOwner } from './owner.ts'

/** A sentence on who has the port, as far as it can be known, and what to do. */
export async function explainPortTaken(port: number): Promise<string> {
  const owner = (await ownerAt(port)) ?? (await ownerAt(port + 1))
  const who = owner ? `another Till (process ${owner.pid}, data in ${owner.folder})` : 'another program'
  return `Port ${port} is already used by ${who}. Stop it, or choose another pair of ports, such as PORT=${port + 100} npm start.`
}

/** A sentence on who owns the data folder, and what to do. */
export function explainFolderTaken(folder: string): string {
  const owner = readOwner(folder)
  const who = owner ? ` (process ${owner.pid}, ${owner.servicesUrl})` : ''
  return `${folder} is in use by another Till${who}. Stop it first, or start with a folder of its own: TILL_DATA_DIR=…`
}

async function ownerAt(port: number): Promise<{ pid: number; folder: string } | undefined> {
  try {
    const response = await fetch(`http://localhost:${port}/owner.json`, { signal: AbortSignal.timeout(1_000) })
    const answer = (await response.json()) as { pid?: unknown; folder?: unknown }
    if (typeof answer.pid !== 'number' || typeof answer.folder !== 'string') return undefined
    return { pid: answer.pid, folder: answer.folder }
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || error instanceof DOMException) return undefined
    throw error
  }
}
