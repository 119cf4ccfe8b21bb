import { readFile } from 'node:fs/promises'

/**
 * Which addresses `_redirects` answers with a page of their own and a status of 400 and above. Netlify's CDN sends that status; its
 * emulator serves the page with 200.
 */
export async function readRedirectStatuses(path: string): Promise<Map<string, number>> {
  const rules = (await readIfThere(path)).split('\n').map((line) => line.trim().split(/\s+/))
  const failing = rules.filter(([, , status]) => Number.parseInt(status ?? '', 10) >= 400)
  return new Map(failing.map(([from = '', , status = '']) => [withSlash(from), Number.parseInt(status, 10)]))
}

/** Netlify takes a rule for both forms of an address. */
export function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}
