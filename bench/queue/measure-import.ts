import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'

/** Milliseconds that a new process needs to import this file. */
export async function measureImport(file: string): Promise<number> {
  const code = `const t = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - t); process.exit()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code])
  const [out, [exit]] = await Promise.all([text(child.stdout), once(child, 'close')])
  if (exit !== 0) throw new Error(`${file} could not be imported`)
  return Number(out)
}
