import type { GatheredProduct } from '../../../../shop/catalogue/catalogue-answers.ts'
import type { ProductDocument } from '../../../../shop/catalogue/product-document.ts'
import type { ProductFields } from '../../../../shop/catalogue/product-fields.ts'
import { adminProductWords as words } from '../../../_data/admin-product-words.ts'
import { element } from '../element.ts'
import { ask } from './ask.ts'
import { askSure } from './confirm.ts'
import { drawButton } from './fields.ts'
import { currency, say } from './page.ts'
import { drawHistory } from './products/draw-history.ts'
import { drawFiles } from './products/file-section.ts'
import { drawPreview } from './products/preview-pane.ts'
import { changeProduct, type Outcome, saveProduct } from './products/product-answers.ts'
import { drawProductForm } from './products/product-form.ts'
import { settleConflict } from './products/settle-conflict.ts'
import { watchUnsaved } from './products/watch-unsaved.ts'
import { placeUrl, type Stage, type View } from './view.ts'

/** Shows a product, or an empty form for a new one, with its page beside the fields. */
export const showProduct: View = (stage) => showAgain(stage, null)

const EMPTY: ProductFields = {
  ...{ type: 'direct', slug: '', title: '', summary: '', description: '', price: '', currency, link: '', category: '' },
  ...{ tags: [], badges: [], licence: '', images: [], samples: [] },
}

async function showAgain(stage: Stage, said: string | null): Promise<void> {
  const isNew = stage.place.id === 'new'
  const found = isNew ? null : await ask<GatheredProduct>('/admin_product', { product_id: stage.place.id })
  if (!stage.isLeft) drawEditor(stage, found)
  if (said !== null && !stage.isLeft) say(said)
}

/** What the editor knows of the product: `base` is what it said when it was last read or saved. */
type Editor = { product: ProductDocument | null; base: ProductFields }

function drawEditor(stage: Stage, found: GatheredProduct | null): void {
  const product = found?.product ?? null
  const editor: Editor = { product, base: product ? fieldsIn(product) : EMPTY }
  const files = (found?.files ?? []).filter(({ state }) => state === 'current')
  const preview = drawPreview()
  const form = drawProductForm({ isNew: product === null }, () => changed())
  const unsaved = watchUnsaved(() => !stage.isLeft && changedNames(editor, form.read()).length > 0)
  const shownFiles = files.map((file) => ({ ...file, content_type: '' }))
  const changed = () => {
    preview.show({ fields: form.read(), files: shownFiles })
    unsaved.tell()
  }
  const again = (text: string) => showAgain(stage, text)
  const save = async () => {
    const outcome = await saveProduct(question(editor, form.read()))
    await meetOutcome(outcome, { editor, form, again, changed })
  }
  form.element.addEventListener('submit', (event) => {
    event.preventDefault()
    form.element.querySelector<HTMLButtonElement>('.save')?.click()
  })
  const acts = element('div', { className: 'acts product-acts' }, [
    drawButton(words.save, save, 'button save'),
    ...(product
      ? stateActs(product, {
          unsaved,
          again,
          meet: (outcome) => meetOutcome(outcome, { editor, form, again, changed }),
        })
      : []),
    unsaved.element,
  ])
  form.element.append(acts)
  const heading = element('h2', { textContent: product?.title ?? words.newTitle, tabIndex: -1 })
  const back = element('p', {}, [element('a', { href: placeUrl('products'), textContent: words.back })])
  const sides = element('div', { className: 'editor' }, [form.element, preview.element])
  stage.show([back, heading, ...(product ? [drawState(product)] : []), sides, ...below(found, again)])
  form.fill(editor.base)
  changed()
}

function below(found: GatheredProduct | null, again: (said: string) => Promise<void>): HTMLElement[] {
  if (!found) return [element('p', { className: 'hint', textContent: words.file.saveFirst })]
  const { product, files, changes } = found
  const ofFiles = product.type === 'direct' ? [drawFiles({ product, files, onDone: again })] : []
  return [...ofFiles, drawHistory(changes)]
}

function drawState({ status, slug }: ProductDocument): HTMLElement {
  const state = element('span', { className: `state state-${status}`, textContent: words.states[status] ?? status })
  const link = element('a', { href: `/store/${slug}/`, textContent: words.view, target: '_blank', rel: 'noopener' })
  return element('p', { className: 'product-state' }, status === 'published' ? [state, link] : [state])
}

function question(editor: Editor, fields: ProductFields) {
  const { product } = editor
  if (!product) return { fields }
  const changed = Object.fromEntries(changedNames(editor, fields).map((name) => [name, fields[name]]))
  return { product_id: product.id, version: product.version, fields: changed }
}

function changedNames({ base }: Editor, fields: ProductFields): (keyof ProductFields)[] {
  const names = Object.keys(base) as (keyof ProductFields)[]
  return names.filter((name) => JSON.stringify(fields[name]) !== JSON.stringify(base[name]))
}

type Means = {
  editor: Editor
  form: ReturnType<typeof drawProductForm>
  again: (said: string) => Promise<void>
  changed: () => void
}

async function meetOutcome(outcome: Outcome, means: Means): Promise<void> {
  const { editor, form, again, changed } = means
  if (outcome.state === 'invalid') {
    const rest = form.mark(outcome.faults)
    say(rest || words.wrong)
    form.element.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  } else if (outcome.state === 'conflict') {
    const mine = form.read()
    const who = outcome.changes[0]?.actor ?? ''
    const together = await settleConflict({ base: editor.base, mine, theirs: outcome.product }, who)
    if (!together) return
    editor.product = outcome.product
    editor.base = fieldsIn(outcome.product)
    form.fill(together)
    changed()
    say(words.conflict.done)
  } else if (outcome.state !== 'unready') {
    editor.base = form.read()
    const { product, state } = outcome
    if (!editor.product) location.hash = placeUrl('product', product.id)
    else
      await again(state === 'unchanged' ? words.unchanged : product.status === 'draft' ? words.saved : words.savedShown)
  }
}

type Acting = {
  unsaved: { isUnsaved(): boolean }
  again: (said: string) => Promise<void>
  meet(outcome: Outcome): Promise<void>
}

function stateActs(product: ProductDocument, { unsaved, again, meet }: Acting): HTMLElement[] {
  const { id, version, title, status } = product
  const change = (action: 'publish' | 'retire', more = {}) =>
    changeProduct({ product_id: id, version, action, ...more })
  const publish = async () => {
    if (unsaved.isUnsaved()) return say(words.saveFirst)
    let outcome = await change('publish')
    if (outcome.state === 'unready') {
      const { title: heading, text } = words.publishSure
      if (!(await askSure({ title: heading, texts: [text], button: words.publish }))) return
      outcome = await change('publish', { without_files: true })
    }
    await (outcome.state === 'saved' ? again(words.published) : meet(outcome))
  }
  const retire = async () => {
    const { title: heading, text } = words.retireSure
    if (!(await askSure({ title: heading(title), texts: [text], button: words.retire, isDanger: true }))) return
    const outcome = await change('retire')
    await (outcome.state === 'saved' ? again(words.retired) : meet(outcome))
  }
  const look = 'button button-quiet'
  return [status === 'published' ? drawButton(words.retire, retire, look) : drawButton(words.publish, publish, look)]
}

/** The fields alone, in the order in which the form reads them. */
function fieldsIn(product: ProductDocument): ProductFields {
  const names = Object.keys(EMPTY) as (keyof ProductFields)[]
  return Object.fromEntries(names.map((name) => [name, product[name]])) as unknown as ProductFields
}
