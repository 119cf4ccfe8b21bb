import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CONTENDERS, type ContenderName } from './contender.ts'
import { type Account, startServer } from './postgres.ts'
import { runChild } from './run-child.ts'

export type Laboratory = Awaited<ReturnType<typeof openLaboratory>>

/** The server with every contender installed in a template of its own, and a folder for bundles. */
export async function openLaboratory() {
  const folder = await mkdtemp(join(tmpdir(), 'till-bench-bundles-'))
  const server = await startServer()
  let databases = 0
  const close = async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const contender of CONTENDERS) {
      const account = await server.create(templateOf(contender))
      await runChild({ contender, account, measure: 'install' })
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    folder,
    version: server.version,
    close,
    /** Lends a fresh database with the contender's empty tables. */
    async withDatabase<Result>(contender: ContenderName, work: (account: Account) => Promise<Result>): Promise<Result> {
      const name = `measurement_${databases++}`
      const account = await server.create(name, templateOf(contender))
      try {
        return await work(account)
      } finally {
        await server.drop(name)
      }
    },
  }
}

function templateOf(contender: ContenderName): string {
  return `${contender}_template`
}
