import { pictureWords as words } from '../../_data/picture-words.ts'

/** Gives a sample of sound the shop's own button and time line; without this script it keeps those of the browser. */
export function openPlayer(audio: HTMLAudioElement): void {
  const button = document.createElement('button')
  const line = Object.assign(document.createElement('input'), { type: 'range', step: '0.1', value: '0' })
  const time = document.createElement('output')
  const length = Number(audio.dataset.seconds)
  line.max = String(length)
  line.setAttribute('aria-label', words.position)
  const draw = () => {
    button.toggleAttribute('data-playing', !audio.paused)
    button.setAttribute('aria-label', `${audio.paused ? words.play : words.pause}: ${audio.getAttribute('aria-label')}`)
    line.value = String(audio.currentTime)
    time.value = `${clock(audio.currentTime)} / ${clock(length)}`
    line.setAttribute('aria-valuetext', time.value)
  }
  button.onclick = () => (audio.paused ? audio.play() : audio.pause())
  line.oninput = () => {
    audio.currentTime = Number(line.value)
  }
  for (const type of ['play', 'pause', 'timeupdate', 'ended', 'seeked']) audio.addEventListener(type, draw)
  audio.controls = false
  audio.after(button, line, time)
  draw()
}

/** `1:05` for 65 seconds. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}
