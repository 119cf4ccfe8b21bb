import { faultOfPicture } from '../../../../../shop/catalogue/picture/read-picture.ts'
import type { ProductImage } from '../../../../../shop/catalogue/product.ts'
import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { announce } from '../page.ts'
import { drawInput, markInput } from './draw-input.ts'
import { pictureUrl, rememberPicture } from './picture-url.ts'
import { sendFile } from './send-file.ts'

const words = adminProductWords.pictures

export type PictureList = {
  element: HTMLElement
  read(): ProductImage[]
  fill(images: ProductImage[]): void
  /** Takes what is wrong by the names of the fields, such as `images.0.alt`; says the first of what has no field. */
  mark(faults: Record<string, string>): void
}

/** The pictures of a product, in their order: each with what it shows; they are sent as soon as they are chosen. */
export function drawPictureList(onChange: () => void): PictureList {
  let images: ProductImage[] = []
  const list = element('ul', { className: 'picture-list', role: 'list' })
  const problem = element('p', { className: 'problem', role: 'alert' })
  const redraw = (focus?: string) => {
    list.replaceChildren(...images.map((image, index) => drawPicture(image, index, acts)))
    if (focus) list.querySelector<HTMLElement>(focus)?.focus()
  }
  const acts: Acts = {
    count: () => images.length,
    say: (index, alt) => {
      images = images.map((image, i) => (i === index ? { ...image, alt } : image))
      onChange()
    },
    move: (index, by) => {
      const [image] = images.splice(index, 1)
      if (image) images.splice(index + by, 0, image)
      onChange()
      redraw(
        `li:nth-child(${index + by + 1}) ${by < 0 ? '.earlier' : '.later'}:not(:disabled), li:nth-child(${index + by + 1}) button`,
      )
    },
    remove: (index) => {
      images.splice(index, 1)
      onChange()
      redraw()
      chooser.focus()
    },
  }
  const add = async (files: File[]) => {
    problem.textContent = ''
    for (const file of files) {
      const outcome = await sendPicture(file, (text) => announce(text))
      if (typeof outcome === 'string') problem.textContent = `${file.name}: ${outcome}`
      else if (!images.some(({ sha256 }) => sha256 === outcome.sha256)) images.push(outcome)
      onChange()
      redraw()
    }
  }
  const { chooser, field } = drawChooser(add)
  return {
    element: element('fieldset', { className: 'pictures' }, [
      element('legend', { textContent: words.title }),
      element('p', { className: 'hint', textContent: words.hint }),
      list,
      field,
      problem,
    ]),
    read: () => structuredClone(images),
    fill: (wanted) => {
      images = structuredClone(wanted)
      redraw()
    },
    mark: (faults) => {
      const other = Object.entries(faults).find(([name]) => name.startsWith('images') && !name.endsWith('.alt'))
      problem.textContent = other?.[1] ?? ''
      for (const [index, input] of list.querySelectorAll('input').entries())
        markInput(input, faults[`images.${index}.alt`])
    },
  }
}

function drawChooser(add: (files: File[]) => Promise<void>): { chooser: HTMLInputElement; field: HTMLElement } {
  const accept = 'image/jpeg,image/png,image/webp,image/avif'
  const chooser = element('input', { id: 'picture-file', type: 'file', accept, multiple: true })
  chooser.onchange = async () => {
    chooser.disabled = true
    await add([...(chooser.files ?? [])])
    chooser.value = ''
    chooser.disabled = false
  }
  const label = element('label', { htmlFor: chooser.id, textContent: words.add })
  return { chooser, field: element('div', { className: 'field' }, [label, chooser]) }
}

/** The picture as the catalogue names it; or why it cannot be one. */
async function sendPicture(file: File, tell: (text: string) => void): Promise<ProductImage | string> {
  const fault = faultOfPicture(new Uint8Array(await file.arrayBuffer()))
  if (fault) return fault
  // A picture that is cut off would be found by the next build only, and stop it.
  const opened = await createImageBitmap(file).catch(() => null)
  if (!opened) return words.unreadable
  opened.close()
  tell(words.loading(file.name))
  try {
    const { picture } = await sendFile<{ picture: Omit<ProductImage, 'alt'> }>(
      file,
      { use: 'picture' },
      { progress: () => undefined },
    )
    rememberPicture(picture.sha256, file)
    return { ...picture, alt: '' }
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

type Acts = {
  count(): number
  say(index: number, alt: string): void
  move(index: number, by: -1 | 1): void
  remove(index: number): void
}

function drawPicture(image: ProductImage, index: number, acts: Acts): HTMLElement {
  const shown = element('img', { alt: '', width: image.width, height: image.height })
  void pictureUrl(image).then(
    (url) => {
      shown.src = url
    },
    () => shown.remove(),
  )
  const alt = element('input', { id: `picture-${index}`, value: image.alt, maxLength: 300, autocomplete: 'off' })
  alt.oninput = () => acts.say(index, alt.value)
  const button = (className: string, label: string, sign: string, does: () => void) => {
    const made = element('button', {
      type: 'button',
      className: `icon ${className}`,
      ariaLabel: label,
      textContent: sign,
    })
    made.onclick = does
    return made
  }
  const earlier = button('earlier', words.earlier(index + 1), '↑', () => acts.move(index, -1))
  const later = button('later', words.later(index + 1), '↓', () => acts.move(index, 1))
  earlier.disabled = index === 0
  later.disabled = index === acts.count() - 1
  const remove = button('remove', words.remove(index + 1), '×', () => acts.remove(index))
  const ways = element('p', { className: 'picture-ways' }, [earlier, later, remove])
  return element('li', {}, [shown, drawInput(words.alt(index + 1), alt, words.altHint), ways])
}
