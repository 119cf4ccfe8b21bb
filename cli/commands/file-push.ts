import type { StoreName } from '../../shop/app.ts'
import { contentTypeOf } from '../../shop/catalogue/content-type.ts'
import { type FileLabel, faultOf } from '../../shop/catalogue/file-version.ts'
import { VendorDown } from '../../shop/errors.ts'
import { type Call, type Command, type ExitCode, type Given, UsageError } from './command.ts'
import { type LocalFile, withLocalFile } from './file/local-file.ts'
import { pushFile } from './file/push-file.ts'

/** `npm run till -- file push <slug> <path>`. */
export const FILE_PUSH: Command = {
  name: 'file push',
  summary: 'Publishes a file as the newest version of what buyers of a product get',
  usage: '<slug> <path> [--changelog "…"] [--name <filename>] [--slot <slot>] [--store blobs|s3] [--dry-run]',
  details: `  --changelog <line>  what has changed, one line of 500 characters at most; buyers see it beside the file
  --name <filename>   what the file is called for buyers; its own name if you say nothing
  --slot <slot>       which of the product's files it is, such as book or sample; not needed for a new version of its only one
  --store <store>     blobs: Netlify Blobs, up to 19 MB. s3: a bucket, any size. By size if you say nothing
  --type <type>       its media type, such as application/pdf; by its name if you say nothing
  --no-read-back      does not read the stored file back; only its size is checked then
  --dry-run           says what would be done and changes nothing

The file is hashed, uploaded, and read back from the store; only when every byte is right it becomes the newest version, and buyers get it
from that moment on, those of old orders too. Earlier versions stay: who bought may fetch them if downloads.earlierVersions in
shop.config.ts says so. Pushing the same bytes again changes nothing.
Interrupted by Ctrl-C, or killed, the same command goes on where the upload stopped.
Product pages show the new size and version after the next build.`,
  options: {
    changelog: { type: 'string' },
    name: { type: 'string' },
    slot: { type: 'string' },
    store: { type: 'string' },
    type: { type: 'string' },
    'no-read-back': { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  },
  wordCount: 2,
  run: (call) => withLocalFile(call.given.words[1] ?? '', (file) => push(call, file)),
}

async function push({ app, given, terminal, folder }: Call, file: LocalFile): Promise<ExitCode> {
  const { words, options } = given
  const wish = {
    slug: words[0] ?? '',
    store: storeOf(given),
    label: labelOf(given, file),
    isSlotGiven: options.slot !== undefined,
    isReadBack: options['no-read-back'] !== true,
    isDryRun: options['dry-run'] === true,
  }
  try {
    await pushFile(app, { ...wish, file }, { terminal, folder })
    return 0
  } catch (error) {
    if (terminal.stopping.aborted || error instanceof VendorDown)
      terminal.tell('Stopped; nothing was published. The same command goes on from here.')
    if (!terminal.stopping.aborted) throw error
    return 1
  }
}

function storeOf({ options: { store } }: Given): StoreName | null {
  if (store === undefined || store === 'blobs' || store === 's3') return store ?? null
  throw new UsageError('--store takes blobs or s3.')
}

function labelOf({ options }: Given, file: LocalFile): FileLabel {
  const filename = String(options.name ?? file.name).normalize('NFC')
  const label = {
    slot: String(options.slot ?? 'main'),
    filename,
    changelog: String(options.changelog ?? '').trim(),
    contentType: String(options.type ?? contentTypeOf(filename)).toLowerCase(),
  }
  const fault = faultOf(label)
  if (fault) throw new UsageError(fault)
  return label
}
