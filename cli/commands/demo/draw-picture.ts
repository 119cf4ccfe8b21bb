import makeImages from '@11ty/eleventy-img'

/** Pixels: enough for a gallery, and quickly encoded. */
const SIZE = { width: 1200, height: 900 }
const COLOURS = ['#e4572e', '#17324d', '#f3c053', '#7fb7be', '#d88c9a', '#5b8e7d', '#bfd7ea', '#3d2645']

/** What picture of this number shows, in words for people who do not see it. */
export function altOf(number: number): string {
  return `${(number % 4) + 2} arched windows in two colours`
}

/** A picture of arched windows, another one for each number: JPEG. */
export async function drawPicture(number: number): Promise<Buffer> {
  const made = await makeImages(Buffer.from(drawing(number)), {
    widths: [SIZE.width],
    formats: ['jpeg'],
    dryRun: true,
    useCache: false,
    filenameFormat: () => `demo-${number}.jpeg`,
    sharpAvifOptions: {},
    sharpWebpOptions: {},
    sharpJpegOptions: { quality: 82 },
  })
  const [picture] = made.jpeg ?? []
  if (!picture) throw new Error('the picture was not encoded')
  return picture.buffer
}

export const PICTURE = { ...SIZE, content_type: 'image/jpeg' }

function drawing(number: number): string {
  const [wall, pane] = [COLOURS[number % COLOURS.length], COLOURS[(number + 3) % COLOURS.length]]
  const count = (number % 4) + 2
  const across = SIZE.width / (count + 1)
  const windows = Array.from({ length: count }, (_, index) => arch(across * (index + 1), across * 0.36))
  const { width, height } = SIZE
  const whole = `<rect width="${width}" height="${height}" fill="${wall}"/><g fill="${pane}">${windows.join('')}</g>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${whole}</svg>`
}

function arch(middle: number, half: number): string {
  return `<path d="M${middle - half} 700V450a${half} ${half} 0 0 1 ${half * 2} 0V700z"/>`
}
