/** Whether the path of an address can be decoded; Netlify's emulators throw at one that cannot, such as `/%` or `/%c0%ae`. */
export function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(new URL(url).pathname)
    return true
  } catch (error) {
    if (error instanceof URIError) return false
    throw error
  }
}
