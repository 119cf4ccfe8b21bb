import { readConfig } from '../../adapters/config.ts'
import { ShopError } from '../../shop/errors.ts'
import type { Command, Terminal } from './command.ts'
import { MAIL_CHECK } from './doctor/check-mail.ts'
import { BUILDS_CHECK, HEALTH_CHECK, IDENTITY_CHECK, ROUTES_CHECK, WORKER_CHECK } from './doctor/check-site.ts'
import { BLOBS_CHECK, BUCKET_CHECK, DATABASE_CHECK, LINKS_CHECK } from './doctor/check-stores.ts'
import { SECRET_CHECK, STRIPE_CHECK, WEBHOOK_CHECK } from './doctor/check-stripe.ts'
import { KEYS_CHECK, VARIABLES_CHECK } from './doctor/check-variables.ts'
import { type Check, type Finding, fail, type Patient } from './doctor/finding.ts'
import { foldText } from './fold-text.ts'

const CHECKS: Check[] = [
  VARIABLES_CHECK,
  KEYS_CHECK,
  STRIPE_CHECK,
  WEBHOOK_CHECK,
  SECRET_CHECK,
  MAIL_CHECK,
  DATABASE_CHECK,
  BLOBS_CHECK,
  BUCKET_CHECK,
  IDENTITY_CHECK,
  BUILDS_CHECK,
  LINKS_CHECK,
  ROUTES_CHECK,
  WORKER_CHECK,
  HEALTH_CHECK,
]

const SIGNS = { ok: '  ok  ', warn: ' warn ', fail: ' FAIL ' } as const

type Diagnosis = { check: string; findings: Finding[] }

/** `npm run till -- doctor`. */
export const DOCTOR: Command = {
  name: 'doctor',
  summary: 'Examines a shop before its first sale, and says what to do about each finding',
  usage: '[--json]',
  details: `  --json  answers with one JSON document

${CHECKS.map(({ name }) => name).join(', ')}: each comes out as ok, as a warning, or as a failure with a remedy. It moves no money, asks for no
build and writes to nobody; to the webhook it delivers an event that means nothing, and a worker is called. It ends with 1 if anything
failed; warnings alone end with 0.

  npm run till -- doctor --env production`,
  options: { json: { type: 'boolean' } },
  wordCount: 0,
  async run({ app, env, given: { options }, terminal }) {
    const patient = { app, env, config: readConfig(env) }
    const diagnoses: Diagnosis[] = []
    for (const check of CHECKS) {
      terminal.progress(`Looking at ${check.name}`)
      diagnoses.push({ check: check.name, findings: await examine(check, patient) })
    }
    if (options.json === true) terminal.print(JSON.stringify(diagnoses, null, 2))
    else printDiagnoses(diagnoses, terminal)
    return diagnoses.some(({ findings }) => findings.some(({ outcome }) => outcome === 'fail')) ? 1 : 0
  },
}

/** What a check trips over is a finding as well: the others must still be looked at. */
async function examine(check: Check, patient: Patient): Promise<Finding[]> {
  try {
    return await check.run(patient)
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return [fail(error.message, 'Mend what the findings above name first.')]
  }
}

function printDiagnoses(diagnoses: Diagnosis[], { print }: Terminal): void {
  for (const { check, findings } of diagnoses)
    for (const { outcome, what, remedy } of findings) {
      print(foldText(`${SIGNS[outcome]} ${check}: ${what}`))
      if (remedy) print(foldText(`        → ${remedy}`))
    }
  const count = (wanted: Finding['outcome']) =>
    diagnoses.flatMap(({ findings }) => findings).filter(({ outcome }) => outcome === wanted).length
  print(`\n${count('ok')} ok, ${count('warn')} warnings, ${count('fail')} failures`)
}
