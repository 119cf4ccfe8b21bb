import { findWithdrawable, restoreFile } from '../../db/file-withdrawal.ts'
import type { Command } from './command.ts'
import { nameFile } from './file/name-file.ts'
import { noSuchFile } from './file/no-such-file.ts'
import { SELLER } from './product/find-known.ts'

/** `npm run till -- file restore <file>`. */
export const FILE_RESTORE: Command = {
  name: 'file restore',
  summary: 'Hands a withdrawn version of a file out again',
  usage: '<file>',
  details: `It counts as before it was withdrawn: if no newer version is handed out, buyers get this one. \`file list --all\` shows the ids.`,
  options: {},
  wordCount: 1,
  async run({ app, given: { words }, terminal }) {
    const [id = ''] = words
    const isDone = await restoreFile(app.db, id, SELLER)
    const file = await findWithdrawable(app.db, id, app.shop.downloads)
    if (!file) throw noSuchFile(id)
    const { state, orders } = file
    terminal.print(
      isDone
        ? `${nameFile(file)} is handed out again, as ${state}: ${orders} ${orders === 1 ? 'order gives' : 'orders give'} access to it.`
        : `${nameFile(file)} is not withdrawn. Nothing was changed.`,
    )
    return 0
  },
}
