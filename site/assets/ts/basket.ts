import { addWords } from '../../_data/basket-words.ts'
import { addLine } from './basket/add-line.ts'
import { MOST_LINES, readLine } from './basket/basket.ts'
import { recallBasket, whenChanged } from './basket/kept-basket.ts'
import { showCount } from './basket/show-count.ts'

/** What every page does with the basket: shows how full it is, and puts into it what the page offers. */
const BUTTONS = 'button[data-seen]'

function draw(): void {
  const basket = recallBasket()
  showCount(basket)
  for (const button of document.querySelectorAll<HTMLElement>(BUTTONS)) {
    const isIn = Boolean(basket?.lines.some(({ slug }) => slug === button.dataset.slug))
    if (isIn !== button.hasAttribute('aria-disabled')) turn(button, isIn)
  }
}

/** Between "add" and "is in it". The button stays a button, so that whoever pressed it keeps their place. */
function turn(button: HTMLElement, isIn: boolean): void {
  if (isIn) button.setAttribute('aria-disabled', 'true')
  else button.removeAttribute('aria-disabled')
  button.dataset.add ??= button.textContent ?? ''
  button.textContent = isIn ? addWords.in : button.dataset.add
  const link = Object.assign(document.createElement('a'), { href: '/basket/', textContent: addWords.go })
  say(button, isIn ? link : '')
}

/** In the line below a button: the way to the basket, or what stands against adding. */
function say(button: HTMLElement, said: Node | string): void {
  button.nextElementSibling?.replaceChildren(said)
}

function add(button: HTMLElement): void {
  const { slug, title, thumb, seen = '' } = button.dataset
  const [amount, currency] = seen.split('-')
  const [line] = readLine({ slug, title, thumb, unit_amount: Number(amount), currency })
  const problem = line && addLine(line)
  if (problem) say(button, problem === 'full' ? addWords.full(MOST_LINES) : addWords[problem])
}

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element && target.closest<HTMLElement>(BUTTONS)
  if (button) add(button)
})
document.addEventListener('DOMContentLoaded', draw)
whenChanged(draw)
