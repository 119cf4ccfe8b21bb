import { type Entry, readIndex, type SearchColumns } from './search-index.ts'

export type LoadIndex = () => Promise<Entry[]>

/** Fetches the index when it is first asked for, once; after a failure it may be asked again. */
export function loadIndex(url: string): LoadIndex {
  let loading: Promise<Entry[]> | undefined
  return () => {
    loading ??= fetchIndex(url).catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return loading
  }
}

async function fetchIndex(url: string): Promise<Entry[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) })
  if (!response.ok) throw new Error(`the index answered ${response.status}`)
  return readIndex((await response.json()) as SearchColumns)
}
