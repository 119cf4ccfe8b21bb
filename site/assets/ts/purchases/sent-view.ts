import { purchaseWords as words } from '../../../_data/purchase-words.ts'
import { type Notice, showNotice } from './notice-view.ts'
import { announce, say } from './stage.ts'

type Sent = {
  kind: 'link' | 'confirmation' | 'recovery'
  email: string
  /** Asks for the mail once more; `null` when that went well, else what to say. */
  again?: () => Promise<string | null>
}

/** Says that a mail is on its way, and to whom. */
export function showSent(sent: Sent): void {
  const { title, text } = words.sent[sent.kind]
  const texts = sent.kind === 'confirmation' ? [text, words.sent.spam, words.sent.oldPassword] : [text, words.sent.spam]
  // Ways lead to #enter even when that is the address already, where a link would do nothing.
  const ways: Notice['ways'] = [{ label: words.way.otherAddress, does: toEnter }]
  if (sent.again) ways.unshift({ label: words.way.sendAgain, does: () => void askAgain(sent) })
  showNotice({ title, texts, strong: sent.email, ways })
}

async function askAgain({ again }: Sent): Promise<void> {
  announce(words.busy)
  const problem = await again?.()
  document.querySelector('#portal .said')?.remove()
  say(problem ?? words.sent.again)
}

function toEnter(): void {
  if (location.hash === '#enter') dispatchEvent(new HashChangeEvent('hashchange'))
  else location.hash = 'enter'
}
