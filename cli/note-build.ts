import { createCatalogue } from '../adapters/create-app.ts'
import { countChanges, noteBuilt } from '../db/site-build.ts'

/**
 * Runs a build, and notes afterwards which changes of the catalogue are in its pages: those that were there when it began to read.
 * The note is how the shop knows that a build which it asked for has come.
 */
export async function noteBuild<Result>(env: NodeJS.ProcessEnv, build: () => Promise<Result>): Promise<Result> {
  const { db } = createCatalogue(env)
  const changes = await countChanges(db)
  const result = await build()
  await noteBuilt(db, changes)
  return result
}
