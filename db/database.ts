/**
 * One statement, sent with every `${value}` as a bound parameter; the answer is its rows. This is the whole of SQL that the
 * shop sees: the Neon driver speaks HTTP, so there are no interactive transactions and one change is one statement.
 * Objects must be passed as JSON text with a cast (`${JSON.stringify(x)}::jsonb`): the driver turns arrays into Postgres arrays.
 * @throws VendorDown when the database does not answer; NeonDbError with its SQLSTATE as `code` when it refuses the statement
 */
export type Database = <Row extends object>(strings: TemplateStringsArray, ...values: Param[]) => Promise<Row[]>

export type Param = string | number | boolean | Date | null | string[]

/** Statements that become true together or not at all, without parameters; for migrations. */
export type Batch = (statements: string[]) => Promise<void>
