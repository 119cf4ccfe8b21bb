import { pictureWords as words } from '../../_data/picture-words.ts'

/** A thumb moves its strip and not the page; a picture opens over the page, and nearer when it is pressed again. */
export function openGallery(): void {
  const lens = makeLens()
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.thumbs a, .zoom') : null
    // Whoever wants it in a tab of its own gets that.
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (link.matches('.zoom')) return lens(link.href, link.querySelector('img')?.alt ?? '')
    document.querySelector(link.hash)?.scrollIntoView({ block: 'nearest', inline: 'start' })
  })
}

function makeLens(): (src: string, alt: string) => void {
  const dialog = document.createElement('dialog')
  const image = document.createElement('img')
  const close = document.createElement('button')
  dialog.className = 'lens'
  close.className = 'button'
  close.textContent = words.close
  close.onclick = () => dialog.close()
  image.onclick = () => image.classList.toggle('near')
  dialog.append(image, close)
  document.body.append(dialog)
  return (src, alt) => {
    Object.assign(image, { src, alt, className: '' })
    dialog.setAttribute('aria-label', alt)
    dialog.showModal()
  }
}
