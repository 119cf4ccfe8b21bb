import { bookImage, sampleImage, spreadImage } from './images/book-images.ts'
import { paperworkImage, sumsImage } from './images/paper-images.ts'
import { patternsImage, plannerImage, posterDetail, posterImage, wrappingImage } from './images/print-images.ts'
import { colourImage, gridsImage, lettersImage } from './images/shelf-images.ts'
import { loudnessImage, rainImage, recordImage } from './images/sound-images.ts'
import { charactersImage, fontImage, signsImage } from './images/type-images.ts'

/** Width and height of every product picture, in pixels. */
export const PICTURE = { width: 1600, height: 1200 }

/** Makers of the product pictures, as web pages, by file name. */
export const pictures: Record<string, () => string | Promise<string>> = {
  'small-and-finished.jpg': bookImage,
  'small-and-finished-spread.jpg': spreadImage,
  'small-and-finished-sample.jpg': sampleImage,
  'casement-display.jpg': fontImage,
  'casement-display-characters.jpg': charactersImage,
  'casement-display-signs.jpg': signsImage,
  'quiet-hours.jpg': recordImage,
  'quiet-hours-loops.jpg': loudnessImage,
  'paperwork-kit.jpg': paperworkImage,
  'paperwork-kit-sums.jpg': sumsImage,
  'twenty-four-windows.jpg': posterImage,
  'twenty-four-windows-detail.jpg': posterDetail,
  'eight-panes.jpg': patternsImage,
  'eight-panes-wrapping.jpg': wrappingImage,
  'rain-rooms.jpg': rainImage,
  'year-planner-2025.jpg': plannerImage,
  'shelf-letters.jpg': lettersImage,
  'shelf-colour.jpg': colourImage,
  'shelf-grids.jpg': gridsImage,
}
