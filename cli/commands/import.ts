import { insertCopy } from '../../db/catalogue-copy.ts'
import { updateProduct } from '../../db/product-editing.ts'
import type { App } from '../../shop/app.ts'
import { wake } from '../../shop/wake.ts'
import { type Cargo, deliverPictures, findPictures, resolvePictures } from './catalogue/carry-pictures.ts'
import { readCsv } from './catalogue/csv-catalogue.ts'
import { listAllCopies } from './catalogue/list-all-copies.ts'
import { type Plan, planImport, type Step } from './catalogue/plan-import.ts'
import { readYaml } from './catalogue/yaml-catalogue.ts'
import { type Call, type Command, type ExitCode, UsageError } from './command.ts'
import { localPath } from './file/local-file.ts'
import { isConfirmed } from './is-confirmed.ts'
import { SELLER } from './product/find-known.ts'
import { readTextFile } from './product/typed-fields.ts'

/** `npm run till -- import <file>`. */
export const IMPORT: Command = {
  name: 'import',
  summary: 'Brings products from a YAML or CSV file into the catalogue',
  usage: '<file.yaml | file.csv> [--dry-run] [--yes]',
  details: `  --dry-run  says what would change and changes nothing
  --yes      does not ask before products that are there are changed

An entry with an id, or with the slug of a product, changes that product; any other is added, as a draft if it does not say status: published.
What an entry does not name stays as it is, and products that the file does not name are left alone. A smallest entry:

  products:
    - title: Twelve quiet rooms
      price: "9.00"
      images: [{ file: rooms.jpg, alt: An empty room }]

The whole file is checked first; if anything is wrong, every fault is told and nothing is written. Then each product is written whole or not at
all, and the same import again changes nothing more.`,
  options: { 'dry-run': { type: 'boolean' }, yes: { type: 'boolean' } },
  wordCount: 1,
  run: importCatalogue,
}

async function importCatalogue({ app, given, terminal }: Call): Promise<ExitCode> {
  const cargo: Cargo = new Map()
  const plan = await makePlan(app, given.words[0] ?? '', cargo)
  if (plan.faults.length > 0) {
    for (const fault of plan.faults) terminal.tell(fault)
    terminal.tell('Nothing was written.')
    return 1
  }
  for (const step of plan.steps) if (step.kind !== 'keep') terminal.print(describeStep(step))
  const [added, changed] = [count(plan, 'add'), count(plan, 'change')]
  const sums = `${added} new, ${changed} changed, ${count(plan, 'keep')} as they are`
  if (given.options['dry-run'] === true) {
    terminal.tell(`${sums}. Nothing was written.`)
    return 0
  }
  const question = `Change ${changed} products that are there, on ${app.siteUrl}?`
  if (changed > 0 && !(await isConfirmed(question, given, terminal))) return 1
  await deliverPictures(app, cargo)
  for (const step of plan.steps) await apply(app, step)
  if (added + changed > 0) await app.later('wake_failed', wake(app))
  terminal.print(`${sums}.`)
  return 0
}

async function makePlan(app: App, name: string, cargo: Cargo): Promise<Plan> {
  const path = localPath(name)
  const entries = await resolvePictures(readerOf(name)(await readTextFile(name)), path, cargo)
  const plan = planImport(app, entries, await listAllCopies(app))
  const faults = await findPictures(app, { steps: plan.steps, path }, cargo)
  return { ...plan, faults: [...plan.faults, ...faults] }
}

function readerOf(name: string) {
  if (/\.ya?ml$/i.test(name)) return readYaml
  if (/\.csv$/i.test(name)) return readCsv
  throw new UsageError(`${name} must end in .yaml or .csv, which says how it is written.`)
}

function describeStep(step: Exclude<Step, { kind: 'keep' }>): string {
  return step.kind === 'add' ? `+ ${step.slug}` : `~ ${step.slug}: ${step.changed.join(', ')}`
}

function count({ steps }: Plan, kind: Step['kind']): number {
  return steps.filter((step) => step.kind === kind).length
}

async function apply(app: App, step: Step): Promise<void> {
  if (step.kind === 'keep') return
  if (step.kind === 'add') {
    const copy = { ...step.copy, id: step.copy.id ?? app.newId('prd') }
    if (await insertCopy(app.db, { copy, actor: SELLER })) return
    throw new Error(
      `${step.slug}: another product has its id or its address, or had it before. Give it another, and import again.`,
    )
  }
  const { id, version } = step.current
  const saved = await updateProduct(app.db, { id, version, patch: step.patch, actor: SELLER })
  if (typeof saved === 'number') return
  const reason =
    saved === null ? 'somebody has changed it meanwhile' : 'another product has its address, or had it before'
  throw new Error(`${step.slug}: ${reason}. What stands above it is written; import again for the rest.`)
}
