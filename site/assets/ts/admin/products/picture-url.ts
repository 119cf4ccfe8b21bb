import type { ProductImage } from '../../../../../shop/catalogue/product.ts'
import { askBytes } from '../ask.ts'

/** As the build makes them: see site/_build/picture.ts. */
const WIDTHS = [400, 800, 1400]

/** Addresses of pictures by their SHA-256, as long as the page is open. */
const known = new Map<string, Promise<string>>()

/** Where a browser finds a picture: where the last build put it, or else in the store. */
export function pictureUrl(image: Pick<ProductImage, 'sha256' | 'width'>): Promise<string> {
  const url = known.get(image.sha256) ?? findPicture(image)
  known.set(image.sha256, url)
  return url
}

/** Remembers a picture that this browser has just sent. */
export function rememberPicture(sha256: string, file: Blob): void {
  known.set(sha256, Promise.resolve(URL.createObjectURL(file)))
}

async function findPicture({ sha256, width }: Pick<ProductImage, 'sha256' | 'width'>): Promise<string> {
  const built = `/assets/images/${sha256}-${WIDTHS.filter((one) => one < width).at(-1) ?? width}.webp`
  const answer = await fetch(built, { method: 'HEAD' }).catch(() => null)
  if (answer?.ok) return built
  return URL.createObjectURL(await askBytes('/admin_picture', { sha256 }))
}
