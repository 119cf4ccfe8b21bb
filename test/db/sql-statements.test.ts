import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitStatements } from '../../db/sql-statements.ts'

describe('splitStatements', () => {
  it.each([
    ['', []],
    [' \n ', []],
    ['select 1', ['select 1']],
    ['select 1;', ['select 1']],
    ['select 1;;\n; select 2 ;\n', ['select 1', 'select 2']],
    ['-- only a comment; with a sign\n/* and; another */', []],
    ['-- first; of all\nselect 1; -- after\nselect 2', ['-- first; of all\nselect 1', '-- after\nselect 2']],
    ['/* a; b */ select 1; select 2', ['/* a; b */ select 1', 'select 2']],
    [`select ';'; select ''';'`, [`select ';'`, `select ''';'`]],
    [`select 'it''s; ok'; select 2`, [`select 'it''s; ok'`, 'select 2']],
    ['select "a;""b"; select 2', ['select "a;""b"', 'select 2']],
    [`select '--'; select 2`, [`select '--'`, 'select 2']],
    [`select '/*'; select '*/'`, [`select '/*'`, `select '*/'`]],
    [`-- it's\nselect 1; select 2`, [`-- it's\nselect 1`, 'select 2']],
    ['do $$ begin; end; $$; select 2', ['do $$ begin; end; $$', 'select 2']],
    ['do $body$ select $$;$$; $body$; select 2', ['do $body$ select $$;$$; $body$', 'select 2']],
    [`do $$ it's; -- fine $$; select 2`, [`do $$ it's; -- fine $$`, 'select 2']],
  ])('splits %j', (sql, statements) => {
    expect(splitStatements(sql)).toEqual(statements)
  })

  it('gives back what was joined, whatever hides in the quotes', () => {
    const hidden = fc.string({ unit: fc.constantFrom(...`;'"-/*$ ab\n`) })
    const text = hidden.map((inside) => `select '${inside.replaceAll("'", "''")}' as a`)
    const name = hidden.map((inside) => `select 1 as "${inside.replaceAll('"', '""')}x"`)
    const body = hidden.map((inside) => `do $q$${inside.replaceAll('$', '')}$q$`)
    fc.assert(
      fc.property(fc.array(fc.oneof(text, name, body)), (statements) => {
        expect(splitStatements(statements.join(';\n'))).toEqual(statements)
      }),
    )
  })

  it('loses nothing but signs and spaces between the statements', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'; ab\n') }), (sql) => {
        const bare = (text: string) => text.replace(/[;\s]/g, '')
        expect(bare(splitStatements(sql).join(''))).toBe(bare(sql))
      }),
    )
  })
})
