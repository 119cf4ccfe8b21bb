import { askShop, type ShopAnswer } from '../ask-shop.ts'
import { accessToken, renewSession, restoreCookies } from './session.ts'

const BUSY: ShopAnswer = { status: 503, body: null, retryAfter: null, date: null }

/** Asks one of the portal's doors; an account whose hour is over is renewed and asks once more. Never throws. */
export async function askPortal(path: string, question: unknown): Promise<ShopAnswer | null> {
  restoreCookies()
  const token = accessToken()
  const answer = await askShop(path, question)
  if (answer?.status !== 401 || token === null) return answer
  const outcome = await renewSession(token)
  if (outcome === 'unreachable') return navigator.onLine ? BUSY : null
  return outcome === 'renewed' ? askShop(path, question) : answer
}
