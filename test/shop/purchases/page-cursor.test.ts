import { describe, expect, it } from 'vitest'
import { InvalidInput } from '../../../shop/errors.ts'
import { readCursor, writeCursor } from '../../../shop/purchases/page-cursor.ts'

const END = { created_at: '2026-11-23T10:00:00.123456Z', id: 'ord_0123456789abcdefghjkmnpqrs' }

describe('the place where a page ends', () => {
  it('is read as it was written, to the microsecond', () => {
    expect(readCursor(writeCursor(END))).toEqual(END)
  })

  it.each([
    '',
    'ord_1234',
    `${END.created_at}_itm_1234`,
    `2026-13-40T10:00:00.123456Z_${END.id}`,
    ` ${writeCursor(END)}`,
    `${writeCursor(END)}\n`,
  ])('is refused when it is another text: %j', (text) => expect(() => readCursor(text)).toThrow(InvalidInput))
})
