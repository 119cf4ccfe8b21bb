import { type Fetch, listen } from './listen.ts'

/** A port that is taken before there is anybody to answer on it. */
export type Door = {
  port: number
  answerWith(fetch: Fetch): void
  close(graceMs?: number): Promise<void>
}

/** Opens a port; until it is told who answers, visitors are asked to come back. @throws PortTaken */
export async function openDoor(port: number): Promise<Door> {
  let answer: Fetch = () => new Response('Starting, please wait.', { status: 503, headers: { 'retry-after': '1' } })
  const listener = await listen(port, (request, bindings) => answer(request, bindings))
  return {
    port: listener.port,
    answerWith: (fetch) => {
      answer = fetch
    },
    close: (graceMs) => listener.close(graceMs),
  }
}
