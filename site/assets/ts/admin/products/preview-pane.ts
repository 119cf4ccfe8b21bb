import { readPrice } from '../../../../../shop/catalogue/price.ts'
import type { ProductFile, ProductImage, ShelfProduct } from '../../../../../shop/catalogue/product.ts'
import type { ProductFields } from '../../../../../shop/catalogue/product-fields.ts'
import { adminProductWords } from '../../../../_data/admin-product-words.ts'
import { element } from '../../element.ts'
import { locale } from '../page.ts'
import { pictureUrl } from './picture-url.ts'

const words = adminProductWords.preview
/** CSS pixels across of the screens that a preview stands for. */
const WIDTHS = { phone: 390, wide: 1180 } as const
const PAUSE_MS = 120

type Shown = { fields: ProductFields; files: ProductFile[] }
export type PreviewPane = { element: HTMLElement; show(shown: Shown): void }
/** A picture as the templates of the pages take it; `srcset` and `sources` may say nothing. */
type Picture = ReturnType<typeof pictureOf>
type Render = (product: ShelfProduct, pictures: Picture[]) => string

/** A product's page as it will be, drawn anew while its fields are typed. */
export function drawPreview(): PreviewPane {
  const frame = element('iframe', { title: words.frame, srcdoc: emptyPage() })
  frame.setAttribute('sandbox', 'allow-same-origin')
  const sheet = element('div', { className: 'preview-sheet' }, [frame])
  const stage = element('div', { className: 'preview-stage', role: 'region', ariaLabel: words.frame, tabIndex: 0 }, [
    sheet,
  ])
  const problem = element('p', { className: 'hint', textContent: '' })
  let width: number = WIDTHS.phone
  let timer = 0
  let latest: Shown | null = null
  const ready = new Promise<void>((resolve) => frame.addEventListener('load', () => resolve(), { once: true }))
  const adapt = () => fitFrame(frame, sheet, width)
  const draw = async () => {
    const shown = latest
    if (!shown) return
    try {
      const [render, pictures] = await Promise.all([
        loadRenderer(),
        Promise.all(shown.fields.images.map(preparePicture)),
        ready,
      ])
      if (shown !== latest) return
      fillFrame(frame, render(shelfProduct(shown), pictures))
      problem.textContent = ''
      adapt()
    } catch {
      problem.textContent = words.failed
    }
  }
  new ResizeObserver(adapt).observe(stage)
  const choose = drawWidths((chosen) => {
    width = WIDTHS[chosen]
    adapt()
  })
  return {
    element: element('section', { className: 'preview', ariaLabel: words.title }, [
      element('div', { className: 'preview-head' }, [element('h3', { textContent: words.title }), choose]),
      stage,
      problem,
    ]),
    show: (shown) => {
      latest = shown
      clearTimeout(timer)
      timer = window.setTimeout(() => void draw(), PAUSE_MS)
    },
  }
}

const data = () => (document.getElementById('stage') as HTMLElement).dataset

declare global {
  interface Window {
    /** What the script with the templates leaves behind: see site/_build/preview/create-preview.ts. */
    tillPreview?: Render
  }
}

let loading: Promise<Render> | null = null

/** The page's own templates, compiled: a script of its own, which is fetched when a product is first opened. */
function loadRenderer(): Promise<Render> {
  loading ??= new Promise((resolve, reject) => {
    const script = element('script', { type: 'module', src: data().preview ?? '' })
    script.onload = () => (window.tillPreview ? resolve(window.tillPreview) : reject(new Error('no preview')))
    script.onerror = () => {
      loading = null
      reject(new Error('no preview'))
    }
    document.head.append(script)
  })
  return loading
}

function emptyPage(): string {
  const style = data().previewStyle ?? ''
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><link rel="stylesheet" href="${style}"></head><body inert></body></html>`
}

/** What the templates made is the shop's own, with everything that a seller typed turned into text or through its Markdown. */
function fillFrame(frame: HTMLIFrameElement, html: string): void {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const body = frame.contentDocument?.body
  body?.replaceChildren(...page.body.childNodes)
}

/** The page at its own width, made as small as the place for it, as long as it is. */
function fitFrame(frame: HTMLIFrameElement, sheet: HTMLElement, width: number): void {
  const room = sheet.parentElement?.clientWidth ?? width
  const scale = Math.min(1, room / width)
  frame.style.width = `${width}px`
  const height = Math.max(480, frame.contentDocument?.body?.scrollHeight ?? 0)
  frame.style.height = `${height}px`
  frame.style.transform = `scale(${scale})`
  sheet.style.height = `${Math.ceil(height * scale)}px`
  sheet.style.width = `${Math.floor(width * scale)}px`
}

function drawWidths(choose: (chosen: keyof typeof WIDTHS) => void): HTMLElement {
  const buttons = (['phone', 'wide'] as const).map((name) => {
    const button = element('button', {
      type: 'button',
      className: 'plain',
      textContent: words[name],
      ariaPressed: String(name === 'phone'),
    })
    button.onclick = () => {
      for (const other of buttons) other.setAttribute('aria-pressed', String(other === button))
      choose(name)
    }
    return button
  })
  return element('p', { className: 'preview-widths' }, buttons)
}

async function preparePicture(image: ProductImage) {
  return pictureOf(image, await pictureUrl(image).catch(() => ''))
}

function pictureOf(image: ProductImage, url: string) {
  const { alt, width, height } = image
  return { alt, width, height, src: url, thumb: url, sources: [], srcset: `${url} ${width}w`, files: [] }
}

/** What is typed, as far as it can be shown: a price that is none yet counts as nothing. */
function shelfProduct({ fields, files }: Shown): ShelfProduct {
  const now = new Date().toISOString()
  const read = fields.type === 'direct' && fields.currency ? readPrice(fields.price, fields.currency) : null
  const sold =
    fields.type === 'direct'
      ? {
          unit_amount: read && 'amount' in read ? read.amount : 0,
          currency: fields.currency || 'eur',
          affiliate_url: null,
        }
      : { unit_amount: null, currency: null, affiliate_url: fields.link || '#' }
  const { slug, title, summary, description, category, tags, badges, licence, type } = fields
  const said = { slug, title, summary, description, category: category || null, tags, badges, licence, type }
  const rest = {
    id: 'prd_preview',
    status: 'draft',
    images: [],
    samples: fields.samples,
    position: 0,
    files,
    published_at: now,
    updated_at: now,
  }
  return { ...said, ...sold, ...rest } as unknown as ShelfProduct
}
