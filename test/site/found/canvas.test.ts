import { describe, expect, it } from 'vitest'
import { createCanvas, fill, paste } from '../../../site/_build/found/canvas.ts'

const white = () => createCanvas({ width: 3, height: 2 }, '#ffffff')
const rows = (data: Buffer) => data.toString('hex').match(/.{18}/g)

describe('paste', () => {
  it('puts pixels where they belong, and leaves out what lies outside', () => {
    const canvas = white()
    fill(canvas, { left: 2, top: 1, width: 5, height: 5 }, '#102030')
    expect(rows(canvas.data)).toEqual(['ffffffffffffffffff', 'ffffffffffff102030'])
  })

  it('lets what is below shine through as far as the fourth channel says', () => {
    const canvas = white()
    const data = Buffer.from([0, 0, 0, 255, 0, 0, 0, 51, 9, 9, 9, 0])
    paste(canvas, { data, width: 3, height: 1, channels: 4 }, { left: 0, top: 0 })
    expect(rows(canvas.data)).toEqual(['000000ccccccffffff', 'ffffffffffffffffff'])
  })
})
