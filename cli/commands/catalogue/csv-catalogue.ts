import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { NAMES, type RawEntry } from './entry-of.ts'

/** Lists of words, one on each line of their cell. */
const LISTS = ['tags', 'badges']
/** What has parts of its own, as JSON. */
const DOCUMENTS = ['images', 'samples', 'earlier_slugs']
/** Spreadsheets take a cell that begins like this for a formula, and would run it. */
const FORMULA = /^'*[=+\-@\t\r]/
/** What spreadsheets need to see that a file is UTF-8. */
const MARK = '\ufeff'

/** The catalogue as CSV, for spreadsheets: a line for each product. */
export function writeCsv(entries: RawEntry[]): string {
  const rows = entries.map((entry) => NAMES.map((name) => guarded(writeCell(name, entry[name]))))
  return MARK + stringify([[...NAMES], ...rows])
}

/** The products of a catalogue in CSV, by the names in its first line. @throws Error with the line that cannot be read */
export function readCsv(text: string): RawEntry[] {
  const rows = readRows(text)
  const [names = [], ...lines] = rows
  if (!names.includes('slug') && !names.includes('id')) throw new Error('The first line names no column slug or id.')
  return lines.map((cells, index) => {
    const filled = names.map((name, column) => [name, readCell(name, unguarded(cells[column] ?? ''), index + 2)])
    return Object.fromEntries(filled)
  })
}

function readRows(text: string): string[][] {
  try {
    return parse(text, { bom: true, skip_empty_lines: true, delimiter: delimiterOf(text) })
  } catch (error) {
    throw new Error(`This is no CSV: ${(error as Error).message}`, { cause: error })
  }
}

/** Where a comma is for decimals, spreadsheets write semicolons. */
function delimiterOf(text: string): string {
  const [head = ''] = text.split('\n', 1)
  return head.includes(';') && !head.includes(',') ? ';' : ','
}

function writeCell(name: string, value: unknown): string {
  if (LISTS.includes(name)) return (value as string[]).join('\n')
  return DOCUMENTS.includes(name) ? JSON.stringify(value) : String(value ?? '')
}

function readCell(name: string, cell: string, line: number): unknown {
  if (LISTS.includes(name)) return cell === '' ? [] : cell.split(/\r?\n/)
  if (!DOCUMENTS.includes(name)) return cell
  try {
    return cell === '' ? [] : JSON.parse(cell)
  } catch (error) {
    throw new Error(`Line ${line}, ${name}: this is no JSON.`, { cause: error })
  }
}

function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
}
