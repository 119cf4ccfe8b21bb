import type { ProductFields } from '../../../../../shop/catalogue/product-fields.ts'
import { slugOf } from '../../../../../shop/catalogue/slug.ts'
import { adminProductWords as words } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { drawChoice } from '../fields.ts'
import { type Control, drawInput, markInput } from './draw-input.ts'
import { drawPictureList } from './picture-list.ts'

export type ProductForm = {
  element: HTMLFormElement
  read(): ProductFields
  fill(fields: ProductFields): void
  /** Says beside each field what is wrong, and leads the reader to the first; what has no field is returned. */
  mark(faults: Record<string, string>): string
}

type TextField = Exclude<keyof ProductFields, 'type' | 'tags' | 'badges' | 'images' | 'samples'>
const TEXTS: TextField[] = [
  'title',
  'slug',
  'price',
  'link',
  'summary',
  'description',
  'category',
  'licence',
  'currency',
]
const LONG: Partial<Record<string, number>> = { description: 10, licence: 4, badges: 2 }

/** The fields of a product. What it is can be chosen for a new one only. */
export function drawProductForm({ isNew }: { isNew: boolean }, onChange: () => void): ProductForm {
  const controls = new Map<string, Control>()
  const pictures = drawPictureList(onChange)
  let samples: ProductFields['samples'] = []
  let type: ProductFields['type'] = 'direct'
  let isSlugTyped = !isNew
  const field = (name: keyof ProductFields) => drawField(name, controls)
  const rows = (['title', 'slug', 'price', 'link', 'summary', 'description'] as const).map(field)
  const [title, slug, price, link, ...texts] = rows as [
    HTMLElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
    ...HTMLElement[],
  ]
  const others = (['category', 'tags', 'badges', 'licence'] as const).map(field)
  const value = (name: string) => controls.get(name)?.value ?? ''
  const fillField = (name: string, text: string) => {
    const control = controls.get(name)
    if (control && control.value !== text) control.value = text
  }
  const showType = () => {
    price.hidden = type !== 'direct'
    link.hidden = type === 'direct'
  }
  const kinds = drawKinds((chosen) => {
    type = chosen
    showType()
    onChange()
  })
  let currency = ''
  const form = element('form', { className: 'product-form', noValidate: true }, [
    ...(isNew ? [kinds] : []),
    ...[title, slug, price, link, ...texts, pictures.element, ...others],
  ])
  form.addEventListener('input', ({ target }) => {
    if (isControl(target)) markInput(target, undefined)
    if (target === controls.get('slug')) isSlugTyped = true
    if (target === controls.get('title') && !isSlugTyped) fillField('slug', slugOf(value('title')))
    onChange()
  })
  return {
    element: form,
    read: () => ({
      type,
      ...(Object.fromEntries(TEXTS.map((name) => [name, value(name)])) as Record<TextField, string>),
      price: type === 'direct' ? value('price') : '',
      currency: type === 'direct' ? currency : '',
      link: type === 'direct' ? '' : value('link'),
      tags: listOf(value('tags'), ','),
      badges: listOf(value('badges'), '\n'),
      images: pictures.read() as ProductFields['images'],
      samples,
    }),
    fill: (fields) => {
      for (const name of TEXTS) fillField(name, fields[name])
      fillField('tags', fields.tags.join(', '))
      fillField('badges', fields.badges.join('\n'))
      pictures.fill(fields.images)
      samples = fields.samples
      type = fields.type
      currency = fields.currency || currency
      const hint = form.querySelector('#price-hint')
      const said = words.hints.price
      if (hint && typeof said === 'function') hint.textContent = said(currency)
      showType()
    },
    mark: (faults) => {
      for (const [name, control] of controls) markInput(control, faultOf(faults, name))
      pictures.mark(faults)
      form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
      const isShown = (name: string) => controls.has(name.split('.')[0] ?? '') || name.startsWith('images')
      return Object.entries(faults)
        .filter(([name]) => !isShown(name))
        .map(([, fault]) => fault)
        .join(' ')
    },
  }
}

function drawField(name: keyof ProductFields, controls: Map<string, Control>): HTMLElement {
  const rows = LONG[name]
  const look = { id: name, name, autocomplete: 'off' } as const
  const control = rows
    ? element('textarea', { ...look, rows })
    : element('input', { ...look, spellcheck: name === 'title' || name === 'summary' })
  if (name === 'price' && control instanceof HTMLInputElement) control.inputMode = 'decimal'
  controls.set(name, control)
  const hint = words.hints[name] ?? ''
  return drawInput(words.fields[name], control, typeof hint === 'function' ? hint('') : hint)
}

function drawKinds(choose: (type: ProductFields['type']) => void): HTMLElement {
  const choices = (['direct', 'affiliate'] as const).map((value) => {
    const { line, input } = drawChoice(words.kinds[value], {
      type: 'radio',
      name: 'type',
      value,
      checked: value === 'direct',
    })
    input.onchange = () => choose(value)
    return line
  })
  return element('fieldset', { className: 'kinds' }, [
    element('legend', { textContent: words.fields.type }),
    ...choices,
  ])
}

function isControl(target: EventTarget | null): target is Control {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

function listOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

/** What is wrong with a field, or with an item of its list. */
function faultOf(faults: Record<string, string>, name: string): string | undefined {
  const found = Object.entries(faults).find(([field]) => field === name || field.startsWith(`${name}.`))
  return found?.[1]
}
