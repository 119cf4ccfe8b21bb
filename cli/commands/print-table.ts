import type { Terminal } from './command.ts'

/** What a table shows of a row, by the heading of the column. */
export type Columns<Row> = Record<string, (row: Row) => string>

type Paper<Row> = { columns: Columns<Row>; asJson: boolean; terminal: Pick<Terminal, 'print'> }

/** Prints rows as an aligned table, or whole as one JSON array. */
export function printTable<Row>(rows: Row[], { columns, asJson, terminal }: Paper<Row>): void {
  const cells = rows.map((row) => Object.values(columns).map((cell) => cell(row)))
  terminal.print(asJson ? JSON.stringify(rows, null, 2) : alignColumns([Object.keys(columns), ...cells]))
}

/** Lines whose columns stand below each other, two spaces apart. */
export function alignColumns(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
