import { type Loop, RATE } from './loop.ts'

/** A WAV file of 16-bit samples: stereo, or both sides mixed to one. */
export function wav(loop: Loop, channels: 1 | 2): Buffer {
  const frames = loop.left.length
  const file = Buffer.alloc(44 + frames * channels * 2)
  writeHeader(file, channels)
  for (let frame = 0; frame < frames; frame += 1) {
    const left = loop.left[frame] ?? 0
    const right = loop.right[frame] ?? 0
    const samples = channels === 2 ? [left, right] : [(left + right) / 2]
    samples.forEach((value, side) => {
      file.writeInt16LE(Math.round(value * 32_767), 44 + (frame * channels + side) * 2)
    })
  }
  return file
}

function writeHeader(file: Buffer, channels: number): void {
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(RATE, 24)
  file.writeUInt32LE(RATE * channels * 2, 28)
  file.writeUInt16LE(channels * 2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(file.length - 44, 40)
}

/** A short listen: `seconds` of each loop, one fading into the next. */
export function medley(loops: Loop[], seconds: number): Loop {
  const length = Math.round(seconds * RATE)
  const fade = Math.round(0.8 * RATE)
  const total = length * loops.length + fade
  const heard: Loop = { left: new Float64Array(total), right: new Float64Array(total), seconds: total / RATE }
  loops.forEach((loop, order) => {
    for (let index = 0; index < length + fade; index += 1) {
      const level = Math.sin((Math.PI / 2) * Math.min(1, index / fade, (length + fade - index) / fade))
      const at = order * length + index
      heard.left[at] = (heard.left[at] ?? 0) + (loop.left[index] ?? 0) * level
      heard.right[at] = (heard.right[at] ?? 0) + (loop.right[index] ?? 0) * level
    }
  })
  return heard
}
