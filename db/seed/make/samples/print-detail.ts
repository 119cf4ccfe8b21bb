import sharp from 'sharp'
import { PICTURE } from '../pictures.ts'

/** A part of a print at the size at which a printer gets it, as a JPEG; `left` and `top` in pixels of the file for sale. */
export function printDetail(filename: string, left: number, top: number): Promise<Buffer> {
  return sharp(`${import.meta.dirname}/../../files/${filename}`)
    .extract({ left, top, ...PICTURE })
    .flatten({ background: '#fff' })
    .jpeg({ quality: 82, mozjpeg: true })
    .toBuffer()
}
