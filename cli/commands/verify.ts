import { listOrderFiles, type OrderFile } from '../../db/order-files.ts'
import { NotFound } from '../../shop/errors.ts'
import { formatBytes } from '../../site/assets/ts/format-bytes.ts'
import { type Command, type Terminal, UsageError } from './command.ts'
import { hashFile } from './file/hash-file.ts'
import { type LocalFile, withLocalFile } from './file/local-file.ts'
import { nameFile } from './file/name-file.ts'
import { watchTransfer } from './file/watch-transfer.ts'
import { alignColumns } from './print-table.ts'

const NOW: Record<OrderFile['state'], string> = {
  current: 'the version that buyers get',
  earlier: 'a version that a newer one has replaced',
  withdrawn: 'a version that was withdrawn',
}

/** `npm run till -- verify <file> --order <order>`. */
export const VERIFY: Command = {
  name: 'verify',
  summary: 'Says whether a file is, byte for byte, one that an order contains',
  usage: '<path> --order <order>',
  details: `It compares the file's SHA-256 with every version of every file in the order, earlier and withdrawn ones too, whatever it is called
now. It ends with 0 if one of them is the same, with 1 if none is. A buyer can check without this command: the order page shows each
file's SHA-256, which \`shasum -a 256 <file>\`, or \`certutil -hashfile <file> SHA256\` on Windows, prints as well.`,
  options: { order: { type: 'string' } },
  wordCount: 1,
  async run({ app, given: { words, options }, terminal }) {
    const orderId = options.order
    if (typeof orderId !== 'string') throw new UsageError('Name the order: --order ord_…')
    return withLocalFile(words[0] ?? '', async (file) => {
      const sold = await listOrderFiles(app.db, orderId)
      if (!sold) throw new NotFound(`There is no order ${orderId}.`)
      const sha256 = await hash(file, terminal)
      const same = sold.filter((each) => each.sha256 === sha256)
      for (const each of same)
        terminal.print(`${file.name} is, byte for byte, ${nameFile(each)} in order ${orderId}: ${NOW[each.state]}.`)
      if (same.length > 0) return 0
      terminal.print(`${file.name} is none of the files in order ${orderId}; its SHA-256 is ${sha256}.`)
      if (sold.length > 0) terminal.print(tableOf(sold))
      return 1
    })
  },
}

function hash(file: LocalFile, terminal: Terminal): Promise<string> {
  const { progress } = watchTransfer(terminal, { what: `Reading ${file.name}`, total: file.sizeBytes })
  return hashFile(file, { progress, signal: terminal.stopping })
}

function tableOf(sold: OrderFile[]): string {
  const lines = sold.map(({ title, filename, version, size_bytes, sha256, state }) => [
    title,
    filename,
    String(version),
    formatBytes(size_bytes, 'en'),
    sha256,
    state,
  ])
  return alignColumns([['Title', 'File', 'Version', 'Size', 'SHA-256', 'State'], ...lines])
}
