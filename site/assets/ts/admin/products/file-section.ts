import type { FileVersion } from '../../../../../shop/catalogue/file-version.ts'
import { LARGEST_UPLOAD } from '../../../../../shop/catalogue/upload-parts.ts'
import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { formatBytes } from '../../format-bytes.ts'
import { Trouble } from '../ask.ts'
import { drawButton } from '../fields.ts'
import { announce, locale } from '../page.ts'
import { drawInput, markInput } from './draw-input.ts'
import { drawVersions } from './draw-versions.ts'
import { sendFile } from './send-file.ts'
import { findUpload, forgetUpload, keepUpload, type PendingUpload } from './upload-memory.ts'

const words = adminProductWords.file

type Product = { id: string; slug: string }
type Told = { product: Product; files: FileVersion[]; onDone: (said: string) => Promise<void> }

/** The files that buyers get, and a way to publish a new one or a new version. An upload that was left goes on by itself. */
export function drawFiles({ product, files, onDone }: Told): HTMLElement {
  const upload = drawUpload({ product, files, onDone })
  const table =
    files.length > 0 ? drawVersions(files, onDone) : element('p', { className: 'hint', textContent: words.none })
  return element('section', { className: 'product-files' }, [
    element('h3', { textContent: words.title }),
    table,
    upload,
  ])
}

function drawUpload({ product, files, onDone }: Told): HTMLElement {
  const chooser = element('input', { id: 'file-chooser', type: 'file' })
  const slot = drawSlots(files)
  const changelog = element('input', { id: 'file-changelog', maxLength: 500, autocomplete: 'off' })
  const state = drawState()
  const run = async (pending: PendingUpload) => {
    await keepUpload(pending)
    const said = await send(pending, state)
    if (said !== null) await onDone(said)
  }
  state.onGoOn(run)
  const publish = async () => {
    const file = chooser.files?.[0]
    const fault = file ? (file.size === 0 ? words.empty : '') : words.missing
    markInput(chooser, fault)
    if (!file || fault) return chooser.focus()
    if (file.size > LARGEST_UPLOAD) return state.showCommand(file, product.slug, slot.read())
    await run({ product_id: product.id, file, slot: slot.read(), filename: file.name, changelog: changelog.value })
  }
  void findUpload(product.id).then((pending) => {
    if (!pending) return
    announce(words.resumed(pending.filename))
    void run(pending)
  })
  return element('div', { className: 'file-upload' }, [
    element('h4', { textContent: words.add }),
    drawInput(words.choose, chooser, words.limit),
    ...slot.parts,
    drawInput(words.changelog, changelog, words.changelogHint),
    element('p', {}, [drawButton(words.send, publish, 'button button-quiet')]),
    state.element,
  ])
}

/** Which of the product's files is meant; a product without files has one place, `main`. */
function drawSlots(files: FileVersion[]): { parts: HTMLElement[]; read(): string } {
  const known = [...new Set(files.map(({ slot }) => slot))]
  if (known.length === 0) return { parts: [], read: () => 'main' }
  const option = (value: string, textContent: string) => element('option', { value, textContent })
  const select = element('select', { id: 'file-slot' }, [
    ...known.map((slot) => option(slot, slot)),
    option('', words.slotNew),
  ])
  const name = element('input', { id: 'file-slot-name', maxLength: 40, autocomplete: 'off', spellcheck: false })
  const other = drawInput(words.slotName, name, words.slotHint)
  other.hidden = true
  select.onchange = () => {
    other.hidden = select.value !== ''
  }
  return { parts: [drawInput(words.slot, select), other], read: () => select.value || name.value.trim() }
}

type State = ReturnType<typeof drawState>

/** How far an upload is, and what can be done about one that has stopped. */
function drawState() {
  const text = element('p', { role: 'status' })
  const bar = element('progress', { max: 1, value: 0, hidden: true, ariaLabel: words.title })
  const ways = element('p', { className: 'file-ways' })
  let again: (pending: PendingUpload) => Promise<void> = async () => undefined
  return {
    element: element('div', { className: 'file-state' }, [text, bar, ways]),
    onGoOn: (does: typeof again) => {
      again = does
    },
    tell: (said: string, done: number | null) => {
      ways.replaceChildren()
      text.textContent = said
      bar.hidden = done === null
      bar.value = done ?? 0
    },
    stop: (pending: PendingUpload, reason: string) => {
      bar.hidden = true
      text.textContent = `${reason} ${words.stopped(pending.filename)}`.trim()
      const giveUp = async () => {
        await forgetUpload(pending.product_id)
        text.textContent = ''
        ways.replaceChildren()
      }
      ways.replaceChildren(
        drawButton(words.goOn, () => again(pending)),
        drawButton(words.discard, giveUp),
      )
    },
    showCommand: (file: File, slug: string, slot: string) => {
      text.textContent = words.tooLarge(file.name, formatBytes(file.size, locale))
      ways.replaceChildren(element('code', { className: 'command', textContent: pushCommand(slug, file.name, slot) }))
    },
  }
}

/** As a shell takes it: `file push` for this very file. */
export function pushCommand(slug: string, name: string, slot: string): string {
  const quoted = /^[\w./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`
  return `npm run till -- file push ${slug} ${quoted}${slot === 'main' ? '' : ` --slot ${slot}`}`
}

/** What was done; null when it has stopped, and the reader is told why. */
async function send(pending: PendingUpload, state: State): Promise<string | null> {
  const { file, product_id, slot, filename, changelog } = pending
  state.tell(words.reading(filename), 0)
  try {
    const made = await sendFile<{ version: number; is_new: boolean }>(
      file,
      { use: 'file', product_id, slot, filename, changelog },
      {
        progress: (done) => state.tell(words.sending(filename, Math.round(done * 100)), done),
        checking: () => state.tell(words.finishing(filename), 1),
      },
    )
    await forgetUpload(product_id)
    return made.is_new ? words.done(filename, made.version) : words.same(made.version)
  } catch (error) {
    state.stop(pending, error instanceof Trouble ? error.message : '')
    return null
  }
}
