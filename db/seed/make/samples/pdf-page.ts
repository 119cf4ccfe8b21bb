import { readFileSync } from 'node:fs'
import { PDFiumLibrary } from '@hyzyla/pdfium'
import sharp from 'sharp'

/** Pixels across: letters stay readable on a dense screen. */
const WIDTH = 1000

/** A page of one of the PDFs for sale as a JPEG; the first page is 1. */
export async function pdfPage(filename: string, number: number): Promise<Buffer> {
  const library = await PDFiumLibrary.init()
  const document = await library.loadDocument(readFileSync(`${import.meta.dirname}/../../files/${filename}`))
  const page = document.getPage(number - 1)
  // Twice as large as needed, so that edges come out smooth.
  const { data } = await page.render({ scale: (2 * WIDTH) / page.getOriginalSize().originalWidth, render: toJpeg })
  document.destroy()
  library.destroy()
  return Buffer.from(data)
}

type Bitmap = { data: Uint8Array; width: number; height: number }

function toJpeg({ data, width, height }: Bitmap): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .flatten({ background: '#fff' })
    .resize(WIDTH)
    .jpeg({ quality: 80, mozjpeg: true })
    .toBuffer()
}
