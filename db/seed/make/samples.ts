import { mp3 } from './samples/mp3.ts'
import { pdfPage } from './samples/pdf-page.ts'
import { printDetail } from './samples/print-detail.ts'
import { tracks } from './sound/tracks.ts'
import { medley } from './sound/wav.ts'

/** Seconds of each loop that are to be heard before buying. */
const HEARD = 8
/** One fades into the next, and the last one out. */
export const QUIET_HOURS_SECONDS = tracks.length * HEARD + 0.8

const pages = (filename: string, numbers: number[]) =>
  numbers.map((number) => [pageName(filename, number), () => pdfPage(filename, number)] as const)

/** File name of a page's picture. */
export function pageName(filename: string, number: number): string {
  return filename.replace(/\.pdf$/, `-${number}.jpg`)
}

/** Makers of what can be tried before buying, by file name; each is cut from the files for sale, which are made before. */
export const samples: Record<string, () => Promise<Buffer>> = {
  'quiet-hours.mp3': async () =>
    mp3(
      medley(
        tracks.map((track) => track.play()),
        HEARD,
      ),
    ),
  'twenty-four-windows-detail.jpg': () => printDetail('twenty-four-windows.png', 300, 1100),
  ...Object.fromEntries(pages('small-and-finished.pdf', [2, 5, 6, 11, 12])),
  ...Object.fromEntries(pages('casement-display-specimen.pdf', [2, 3, 4])),
}
