import { createHash } from 'node:crypto'
import type { Picture } from '../picture.ts'
import type { ThemeColours } from './theme-colours.ts'

/** What a share image says. `line` is a price or a short word, and empty where there must be none. */
export type ShareCard = {
  title: string
  /** Above the title. */
  kicker: string
  line: string
  picture: Picture | null
}

/** What all share images of a shop have in common. */
export type ShareLook = { shopName: string; colours: ThemeColours }

/** A share image as a page refers to it; `name` is its file's, below /assets/share. */
export type ShareImage = { name: string; url: string; width: number; height: number; alt: string }

/** The size that Facebook, LinkedIn, X, Slack and others show without cutting anything off. */
export const SHARE_SIZE = { width: 1200, height: 630 }

/** To be raised whenever the drawing itself changes, so that no cache keeps the old one. */
const DRAWING = 1

/** Where the image of this card is: its name carries a hash of all that is on it, so it never goes stale. */
export function shareImage(card: ShareCard, look: ShareLook): ShareImage {
  const { title, kicker, line, picture } = card
  const facts = JSON.stringify([DRAWING, title, kicker, line, picture?.src, look])
  const name = `${createHash('sha256').update(facts).digest('hex').slice(0, 32)}.jpg`
  const alt = [title, line, look.shopName].filter(Boolean).join(', ')
  return { name, url: `/assets/share/${name}`, ...SHARE_SIZE, alt }
}
