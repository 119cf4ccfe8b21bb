import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Answer, Question } from '../../site/serve-site.ts'

/** A picture of docs/screens: what is opened, and what the shop answers meanwhile. */
export type Screen = {
  name: string
  look: BrowserContextOptions
  open: (page: Page, url: string) => Promise<void>
  answer?: (question: Question) => Answer | null
}

/** A place of the shop that is taken in several looks. */
export type Place = Omit<Screen, 'look'>

const still = { deviceScaleFactor: 1, reducedMotion: 'reduce' } as const
const phone = { ...still, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
const desktop = { ...still, viewport: { width: 1280, height: 860 } }

/** What a picture's name ends with, and what it is taken with. */
const LOOKS = {
  phone: { ...phone, colorScheme: 'light' },
  'phone-dark': { ...phone, colorScheme: 'dark' },
  desktop: { ...desktop, colorScheme: 'light' },
  'desktop-dark': { ...desktop, colorScheme: 'dark' },
} as const satisfies Record<string, BrowserContextOptions>

export type Look = keyof typeof LOOKS

/** The same place in some looks, or in all four. */
export function screensOf(place: Place, looks = Object.keys(LOOKS) as Look[]): Screen[] {
  return looks.map((look) => ({ ...place, name: `${place.name}-${look}`, look: LOOKS[look] }))
}
