import { element } from '../element.ts'

/** A cell: text, or something drawn; numbers stand to the right. */
export type Cell = string | HTMLElement
export type Table = { caption: string; columns: { name: string; isNumber?: boolean }[]; rows: Cell[][] }

/** Draws a table whose first column names the row. On a narrow screen it scrolls by itself, by keyboard too. */
export function drawTable({ caption, columns, rows }: Table): HTMLElement {
  const heads = columns.map(({ name, isNumber }) =>
    element('th', { scope: 'col', textContent: name, className: isNumber ? 'number' : '' }),
  )
  const lines = rows.map((cells) =>
    element(
      'tr',
      {},
      cells.map((cell, i) => drawCell(cell, i === 0, columns[i])),
    ),
  )
  const table = element('table', {}, [
    element('caption', { className: 'unseen', textContent: caption }),
    element('thead', {}, [element('tr', {}, heads)]),
    element('tbody', {}, lines),
  ])
  return element('div', { className: 'table', role: 'region', ariaLabel: caption, tabIndex: 0 }, [table])
}

function drawCell(cell: Cell, isFirst: boolean, column: Table['columns'][number] | undefined): HTMLElement {
  const look = { className: column?.isNumber ? 'number' : '' }
  const made = isFirst ? element('th', { ...look, scope: 'row' }) : element('td', look)
  made.append(cell)
  return made
}
