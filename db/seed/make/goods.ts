import { archive, type Entry } from './archive.ts'
import { patterns, tileSvg } from './art/patterns.ts'
import { dayPoster } from './art/posters.ts'
import { picture } from './art/scene.ts'
import { makeBook, makeSample } from './book/make-book.ts'
import { toPng } from './page/browser.ts'
import { paperworkEntries } from './paperwork/make-paperwork.ts'
import { planner } from './prints/planner.ts'
import { type Print, printPdf, printPng } from './prints/sheet.ts'
import { makeSpecimen } from './prints/specimen.ts'
import { tracks } from './sound/tracks.ts'
import { medley, wav } from './sound/wav.ts'

const poster: Print = { title: 'Twenty-four windows', drawing: dayPoster(), width: 420, height: 594 }
const calendar: Print = { title: 'Year planner 2025', drawing: planner(), width: 420, height: 297 }

/** Makers of the files for sale, by file name. The font is made before them, since most are set in it. */
export const goods: Record<string, () => Promise<Buffer>> = {
  'casement-display-specimen.pdf': makeSpecimen,
  'small-and-finished.pdf': makeBook,
  'small-and-finished-sample.pdf': makeSample,
  'quiet-hours.zip': async () => archive([...soundEntries(), note('quiet-hours', soundNote)]),
  'quiet-hours-preview.wav': async () =>
    wav(
      medley(
        tracks.map((track) => track.play()),
        3.2,
      ),
      1,
    ),
  'paperwork-kit.zip': async () => archive(paperworkEntries()),
  'twenty-four-windows-a2.pdf': () => printPdf(poster),
  'twenty-four-windows.png': () => printPng(poster, 2480),
  'eight-panes.zip': async () => archive([...(await patternEntries()), note('eight-panes', patternNote)]),
  'year-planner-2025-a3.pdf': () => printPdf(calendar),
}

const note = (folder: string, text: string): Entry => ({ path: `${folder}/read-me.md`, bytes: text })

const soundEntries = (): Entry[] =>
  tracks.map(({ filename, play }) => ({ path: `quiet-hours/${filename}`, bytes: wav(play(), 2) }))

async function patternEntries(): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const pattern of patterns) {
    entries.push({ path: `eight-panes/svg/${pattern.name}.svg`, bytes: tileSvg(pattern) })
    entries.push({
      path: `eight-panes/png/${pattern.name}.png`,
      bytes: await toPng(
        picture(pattern.tile, 200, 200).replace(
          'width="200" height="200" viewBox',
          'width="1000" height="1000" viewBox',
        ),
        1000,
        1000,
      ),
    })
  }
  return entries
}

const soundNote = `# Quiet Hours

Three loops that begin where they end. Put one on repeat; there is no seam.

| File | Tempo | Key | Length |
|---|---|---|---|
| quiet-hours-01-blue-hour.wav | 75 | D major | 12.8 s |
| quiet-hours-02-two-am.wav | 60 | B minor | 12.0 s |
| quiet-hours-03-first-light.wav | 90 | F lydian | 10.7 s |

All are WAV, stereo, 44.1 kHz, 16 bit.

Licence: use them in films, podcasts, games and on stage, also paid ones, cut and mixed as you like.
Please do not sell or share the loops themselves as loops. A mention is kind and not required.

North Window, hello@example.com
`

const patternNote = `# Eight Panes

Eight patterns that repeat without a seam: arcade, casements, petals, scales, moons, shutters, hills, steps.

- svg/ one tile each, 200 units square. Scales to any size; colours are plain hex values, easy to change.
- png/ the same tiles, 1000 pixels square.

On the web: background: url(scales.svg); background-size: 160px
In a drawing program: place the SVG and make it a pattern swatch.

Licence: use them on anything you make, also for sale, in any number. Please do not sell or share the files themselves.

North Window, hello@example.com
`
