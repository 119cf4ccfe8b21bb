import { orderWords as words } from '../../_data/order-words.ts'
import { element } from './element.ts'
import { everyVersion, type FileLine, type VersionLine } from './file-line.ts'

/** Draws the files of an order, each with its link. */
export function drawFiles(files: FileLine[]): HTMLElement {
  return drawList(
    'downloads',
    files.map((file) => {
      const title = file.title ? [element('p', { className: 'download-title', textContent: file.title })] : []
      const parts = [element('div', {}, [...title, ...drawAbout(file)]), drawLink(file)]
      if (file.earlier.length) parts.push(drawEarlier(file.earlier))
      return element('li', {}, parts)
    }),
  )
}

/** Gives the drawn links their renewed addresses and touches nothing else, so that focus and opened details stay. */
export function renewLinks(place: HTMLElement, files: FileLine[]): boolean {
  const links = place.querySelectorAll<HTMLAnchorElement>('.downloads a')
  const versions = everyVersion(files)
  if (links.length !== versions.length) return false
  links.forEach((link, index) => {
    link.href = versions[index]?.url ?? link.href
  })
  return true
}

function drawEarlier(versions: VersionLine[]): HTMLElement {
  const rows = versions.map((version) =>
    element('li', {}, [element('div', {}, drawAbout(version)), drawLink(version, ' button-quiet')]),
  )
  const summary = element('summary', { textContent: words.earlier })
  return element('details', { className: 'earlier' }, [summary, drawList('', rows)])
}

function drawAbout({ file, about, sha256 }: VersionLine): HTMLElement[] {
  const sum = element('details', {}, [
    element('summary', { textContent: words.checksum }),
    element('p', { textContent: words.checksumHow }),
    element('code', { textContent: sha256 }),
  ])
  const news = about ? [element('p', { className: 'download-about', textContent: about })] : []
  return [element('p', { className: 'download-file', textContent: file }), ...news, sum]
}

function drawLink({ url, label }: VersionLine, look = ''): HTMLElement {
  return element('a', { className: `button${look}`, href: url, textContent: words.download, ariaLabel: label })
}

function drawList(className: string, rows: HTMLElement[]): HTMLElement {
  const list = element('ul', { className }, rows)
  // Safari forgets that a list without bullets is one.
  list.setAttribute('role', 'list')
  return list
}
