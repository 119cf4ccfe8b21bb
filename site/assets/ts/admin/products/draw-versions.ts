import type { FileVersion } from '../../../../../shop/catalogue/file-version.ts'
import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { formatBytes } from '../../format-bytes.ts'
import { ask } from '../ask.ts'
import { askSure } from '../confirm.ts'
import { drawTable } from '../draw-table.ts'
import { drawButton } from '../fields.ts'
import { sayMoment } from '../format.ts'
import { locale } from '../page.ts'

const words = adminProductWords.file

type Done = (said: string) => Promise<void>

/** All versions of a product's files, newest first; each can be taken from everybody, and given back. */
export function drawVersions(files: FileVersion[], onDone: Done): HTMLElement {
  const { file, place, version, size, state, added, act } = words.columns
  const names = [file, place, version, size, state, added, act]
  return drawTable({
    caption: words.title,
    columns: names.map((name) => ({ name, isNumber: name === version || name === size })),
    rows: files.map((one) => [
      one.changelog ? `${one.filename}: ${one.changelog}` : one.filename,
      one.slot,
      String(one.version),
      formatBytes(one.size_bytes, locale),
      words.states[one.state] ?? one.state,
      sayMoment(one.created_at),
      drawAct(one, onDone),
    ]),
  })
}

function drawAct({ id, filename, version, state }: FileVersion, onDone: Done): HTMLElement {
  const change = (action: 'withdraw' | 'restore') => ask('/admin_change_file', { file_id: id, action })
  const withdraw = async () => {
    const { title, text } = words.withdrawSure
    const question = { title: title(filename, version), texts: [text], button: words.withdraw, isDanger: true }
    if (!(await askSure(question))) return
    await change('withdraw')
    await onDone(words.withdrawn(filename, version))
  }
  const restore = async () => {
    await change('restore')
    await onDone(words.restored(filename, version))
  }
  const isWithdrawn = state === 'withdrawn'
  const button = drawButton(isWithdrawn ? words.restore : words.withdraw, isWithdrawn ? restore : withdraw)
  button.setAttribute('aria-label', `${button.textContent}: ${filename}, ${version}`)
  return button
}
