import { findWithdrawable, retireFile, type Withdrawable } from '../../db/file-withdrawal.ts'
import type { Command } from './command.ts'
import { nameFile } from './file/name-file.ts'
import { noSuchFile } from './file/no-such-file.ts'
import { isConfirmed } from './is-confirmed.ts'
import { SELLER } from './product/find-known.ts'

/** `npm run till -- file retire <file>`. */
export const FILE_RETIRE: Command = {
  name: 'file retire',
  summary: 'Withdraws a version of a file from everyone who bought it',
  usage: '<file> [--yes]',
  details: `Links to it answer 404 from that moment on; an address in a bucket that was handed out before lives for downloads.s3LinkMinutes at
most. Buyers get the newest version that is left. The stored bytes and the row stay, and \`file restore\` gives it back. \`file list\`
shows the ids.`,
  options: { yes: { type: 'boolean' } },
  wordCount: 1,
  async run({ app, given, terminal }) {
    const [id = ''] = given.words
    const file = await findWithdrawable(app.db, id, app.shop.downloads)
    if (!file) throw noSuchFile(id)
    if (file.state !== 'withdrawn' && !(await isConfirmed(question(file), given, terminal))) return 1
    const isDone = await retireFile(app.db, id, SELLER)
    terminal.print(
      isDone ? `${nameFile(file)} is withdrawn.` : `${nameFile(file)} was withdrawn before. Nothing was changed.`,
    )
    return 0
  },
}

function question(file: Withdrawable): string {
  const { state, orders, next_version } = file
  const who = orders === 1 ? '1 order gives' : `${orders} orders give`
  const instead = next_version ? `buyers get version ${next_version} instead` : 'nothing is left in this slot'
  return `${who} access to ${nameFile(file)}${state === 'current' ? `; ${instead}` : ''}. Withdraw it?`
}
