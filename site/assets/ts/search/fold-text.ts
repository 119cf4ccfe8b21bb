/** Letters that Unicode does not take apart. */
const WHOLE: Record<string, string> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' }

/** Text as it is compared: small letters and figures without accents, words apart by one space. `Élan, ØRE` is `elan ore`. */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðłþı]/g, (letter) => WHOLE[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** The slug that a product of this title mostly has; the index names those that are different. */
export function plainSlug(title: string): string {
  return foldText(title).replaceAll(' ', '-')
}
