import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderTaken, lockFolder } from '../../local/lock.ts'

const OWNER = `
  import { lockFolder } from ${JSON.stringify(new URL('../../local/lock.ts', import.meta.url).href)}
  lockFolder(process.argv[1])
  console.log('locked')
  setInterval(() => {}, 1000)`

let folder: string
let owner: ChildProcess | undefined

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'till-lock-'))
})
afterEach(async () => {
  owner?.kill('SIGKILL')
  owner = undefined
  await rm(folder, { recursive: true })
})

async function startOwner(): Promise<ChildProcess> {
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', OWNER, folder]
  owner = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(owner.stdout as NonNullable<ChildProcess['stdout']>, 'data')
  return owner
}

describe('lockFolder', () => {
  it('refuses a folder that another process owns', async () => {
    await startOwner()
    expect(() => lockFolder(folder)).toThrow(FolderTaken)
  })

  it('takes over at once when the owner was killed', async () => {
    const process = await startOwner()
    process.kill('SIGKILL')
    await once(process, 'exit')
    lockFolder(folder).release()
  })

  it('is free again after a release, and refuses twice in one process', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(FolderTaken)
    lock.release()
    lockFolder(folder).release()
  })

  it('makes the folder', () => {
    lockFolder(join(folder, 'not', 'there', 'yet')).release()
  })
})
