import { answerIn, orderScenes, playScene } from '../../site/order-scenes.ts'
import { type Screen, screensOf } from './screen.ts'

/** Every state of an order on a phone, and the first of them in all looks. */
export const orderScreens: Screen[] = orderScenes.flatMap((scene) => {
  const name = `success-${scene.name}`
  const open: Screen['open'] = async (page, url) => {
    await page.clock.install()
    await playScene(page, url, scene)
  }
  const place = {
    name,
    open,
    answer: (question: Parameters<NonNullable<Screen['answer']>>[0]) => answerIn(scene, question),
  }
  return scene.name === 'paid' ? screensOf(place) : screensOf(place, ['phone'])
})
