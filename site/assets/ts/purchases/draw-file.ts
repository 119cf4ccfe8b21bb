import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { element } from '../element.ts'
import { fetchFile } from './fetch-file.ts'
import type { FileView } from './purchase-view.ts'

/** Draws a file with its button, and behind a fold what else there is to know: what changed, its checksum, earlier versions. */
export function drawFile(file: FileView, over: () => void): HTMLElement {
  return element('li', {}, [drawRow(file, over), drawDetails(file, over)])
}

function drawRow(file: FileView, over: () => void): HTMLElement {
  const about = [element('p', { className: 'file-name', textContent: file.name })]
  if (file.version) about.push(element('p', { className: 'fine', textContent: file.version }))
  const button = element('button', {
    type: 'button',
    className: 'button button-small',
    textContent: words.file.download,
    ariaLabel: file.label,
  })
  button.onclick = () => void fetchFile(button, file, over)
  const note = element('p', { className: 'note' })
  return element('div', { className: 'file-row' }, [element('div', {}, about), button, note])
}

function drawDetails(file: FileView, over: () => void): HTMLElement {
  const isOnly = !file.changelog && file.earlier.length === 0
  const parts: HTMLElement[] = [
    element('summary', { textContent: isOnly ? words.file.checksumOnly : words.file.details }),
  ]
  if (file.changelog) parts.push(element('p', { className: 'changelog', textContent: file.changelog }))
  parts.push(drawChecksum(file))
  if (file.earlier.length) parts.push(...drawEarlier(file.earlier, over))
  return element('details', { className: 'file-details' }, parts)
}

function drawChecksum({ sha256 }: FileView): HTMLElement {
  return element('p', { className: 'checksum' }, [
    element('span', { textContent: `${words.file.checksum} ` }),
    element('code', { textContent: sha256 }),
  ])
}

function drawEarlier(versions: FileView[], over: () => void): HTMLElement[] {
  const list = element(
    'ul',
    { className: 'earlier-versions' },
    versions.map((version) => {
      const row = drawRow(version, over)
      row.querySelector('.button')?.classList.add('button-quiet')
      const news = version.changelog ? [element('p', { className: 'changelog', textContent: version.changelog })] : []
      return element('li', {}, [row, ...news])
    }),
  )
  list.setAttribute('role', 'list')
  return [element('p', { className: 'earlier-title', textContent: words.file.earlier }), list]
}
