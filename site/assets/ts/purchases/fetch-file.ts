import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { isObject } from '../is-object.ts'
import { askPortal } from './ask-portal.ts'
import type { FileView } from './purchase-view.ts'
import { announce } from './stage.ts'

/**
 * Gets a link to a file and follows it: links live for minutes, so one is made for each click.
 * @param over what to do when nobody is signed in any more
 */
export async function fetchFile(button: HTMLButtonElement, file: FileView, over: () => void): Promise<void> {
  const note = button.nextElementSibling as HTMLElement
  if (button.ariaBusy === 'true') return
  button.ariaBusy = 'true'
  button.textContent = words.file.preparing
  const said = await follow(file, over)
  button.ariaBusy = 'false'
  button.textContent = words.file.download
  note.textContent = said
  announce(said)
}

async function follow({ item, file }: FileView, over: () => void): Promise<string> {
  const answer = await askPortal('/get_download_link', { order_item_id: item, file_id: file })
  const url = answer?.status === 200 && isObject(answer.body) ? ownAddress(answer.body.url) : null
  if (url) {
    location.assign(url)
    return words.file.started
  }
  if (answer?.status === 401) over()
  if (answer === null) return words.file.offline
  return answer.status === 404 ? words.file.gone : words.file.busy
}

/** The page follows no address but one of the shop's own. */
function ownAddress(url: unknown): string | null {
  if (typeof url !== 'string' || !URL.canParse(url, location.href)) return null
  const { origin, href } = new URL(url, location.href)
  return origin === location.origin ? href : null
}
