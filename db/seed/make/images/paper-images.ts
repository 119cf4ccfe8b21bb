import { paint } from '../art/palette.ts'
import { lying, scene } from '../art/scene.ts'
import { toPng } from '../page/browser.ts'
import { faces } from '../page/faces.ts'
import { billPage } from '../paperwork/make-paperwork.ts'

/** A filled-in document as a picture of its sheet, 794 × 1122 pixels. */
async function sheet(name: string): Promise<string> {
  const look = `<style>${faces}body{font-family:Hanken!important}h1{font-family:Casement!important;font-weight:400!important}.hint{display:none}</style></head>`
  const bytes = await toPng(billPage(name).replace('</head>', look), 794, 1122)
  return `data:image/png;base64,${bytes.toString('base64')}`
}

const paper = (source: string, width: number, place: string) => {
  const height = (width * 1122) / 794
  return lying(`<image href="${source}" width="${width}" height="${height}"/>`, width, height, place)
}

/** Quote, invoice and receipt, one on top of the other. */
export async function paperworkImage(): Promise<string> {
  const [quote, invoice, receipt] = [await sheet('04-quote'), await sheet('05-invoice'), await sheet('07-receipt')]
  return scene(
    paint.tomato,
    paper(receipt, 640, 'translate(830 190) rotate(13 320 450)') +
      paper(quote, 640, 'translate(170 200) rotate(-11 320 450)') +
      paper(invoice, 660, 'translate(480 130) rotate(1 330 466)'),
    0.16,
  )
}

/** The sums of an invoice, close. */
export async function sumsImage(): Promise<string> {
  return scene(paint.sky, paper(await sheet('05-invoice'), 1500, 'translate(150 -560) rotate(-4 750 1060)'))
}
