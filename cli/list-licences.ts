import { readFile, writeFile } from 'node:fs/promises'
import { describeLicences, type Lock } from './describe-licences.ts'

/** `npm run licences`: writes docs/LICENCES.md from package-lock.json. */
const root = new URL('../', import.meta.url)
const lock = JSON.parse(await readFile(new URL('package-lock.json', root), 'utf8')) as Lock
await writeFile(new URL('docs/LICENCES.md', root), describeLicences(lock))
