import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { statementsOf } from './statements-of.ts'

/**
 * `npm run release -- <commit>`: writes down what the code of a release asks of the database, for as long as functions of that release
 * may still be running, or may come back by a rollback. docs/decisions/0019-expand-then-contract.md says when.
 */
const [ref = 'HEAD'] = process.argv.slice(2)
const git = (...words: string[]) =>
  execFileSync('git', words, { maxBuffer: 2 ** 26 })
    .toString()
    .trim()
const filesIn = (folder: string) => git('ls-tree', '--name-only', ref, folder).split('\n')

const migrations = filesIn('db/migrations/').map((path) => path.slice('db/migrations/'.length))
const statements = filesIn('db/')
  // Migrations are run by a build alone, and always by the newest.
  .filter((path) => path.endsWith('.ts') && path !== 'db/migrate.ts')
  .flatMap((path) => statementsOf(git('show', `${ref}:${path}`)).map((text) => ({ path, text })))

const release = { commit: git('rev-parse', ref), migration: migrations.sort().at(-1), statements }
writeFileSync(new URL('released.json', import.meta.url), `${JSON.stringify(release, null, 2)}\n`)
console.log(`${statements.length} statements of ${release.commit}, up to ${release.migration}`)
