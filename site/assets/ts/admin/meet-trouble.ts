import { adminWords } from '../../../_data/admin-words.ts'
import { forgetSession } from '../purchases/session.ts'
import { Trouble } from './ask.ts'
import { say } from './page.ts'

/** Says above the view why something was not done; whoever is signed out meanwhile is asked to sign in. */
export function meetTrouble(error: unknown): void {
  if (!(error instanceof Trouble)) throw error
  if (error.kind === 'signed-out') {
    forgetSession()
    location.reload()
  } else say(error.message || adminWords.trouble[error.kind === 'offline' ? 'offline' : 'failed'].text)
}
