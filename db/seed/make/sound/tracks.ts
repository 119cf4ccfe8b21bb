import { type Loop, silence } from './loop.ts'
import { master, room } from './room.ts'
import { bell, felt, pad } from './voices.ts'

/** A loop for sale: its file name and how to play it. */
export type Track = { filename: string; title: string; play: () => Loop }

/** The three loops of "Quiet Hours". */
export const tracks: Track[] = [
  { filename: 'quiet-hours-01-blue-hour.wav', title: 'Blue Hour', play: blueHour },
  { filename: 'quiet-hours-02-two-am.wav', title: 'Two AM', play: twoAm },
  { filename: 'quiet-hours-03-first-light.wav', title: 'First Light', play: firstLight },
]

/** D major with its ninth, held; bells fall through it, 75 beats a minute. */
function blueHour(): Loop {
  const loop = silence(12.8)
  pad(loop, [38, 50, 57, 61, 64], 2, 0.07)
  const falling = [85, 81, 78, 76, 73, 69, 73, 76]
  for (const [index, note] of falling.entries()) {
    bell(loop, { at: index * 1.6 + 0.4, note, loud: 0.17, pan: index % 2 ? 0.5 : -0.5 })
  }
  bell(loop, { at: 6.8, note: 90, loud: 0.07, pan: 0.2 })
  return master(room(loop, 0.6))
}

/** A low B minor drone and a piano that is in no hurry, 60 beats a minute. */
function twoAm(): Loop {
  const loop = silence(12)
  pad(loop, [35, 47, 54], 1, 0.085)
  const melody: [at: number, note: number, loud: number][] = [
    [0, 59, 0.2],
    [0.03, 66, 0.16],
    [1.5, 74, 0.15],
    [3, 73, 0.14],
    [4.5, 69, 0.15],
    [6, 55, 0.19],
    [6.03, 66, 0.15],
    [7.5, 71, 0.14],
    [9, 69, 0.13],
    [10.5, 66, 0.13],
  ]
  for (const [index, [at, note, loud]] of melody.entries()) {
    felt(loop, { at, note, loud: loud * 1.25, pan: index % 3 ? 0.2 : -0.25 })
  }
  return master(room(loop, 0.75, 0.88))
}

/** F with its raised fourth, opening; plucked notes climb in sixes, 90 beats a minute. */
function firstLight(): Loop {
  const loop = silence(10.6667)
  pad(loop, [41, 53, 60, 64, 71], 2, 0.055)
  const climb = [65, 69, 72, 76, 79, 83, 81, 76]
  for (let step = 0; step < 32; step += 1) {
    if (step % 8 === 5 || step % 16 === 15) continue
    const note = (climb[step % 8] ?? 65) + (step >= 16 && step % 8 > 4 ? 2 : 0)
    const loud = 0.1 + 0.06 * Math.sin((Math.PI * step) / 32) + (step % 8 === 0 ? 0.04 : 0)
    bell(loop, { at: step / 3, note, loud, pan: Math.sin(step) * 0.6 }, 1.1)
  }
  return master(room(loop, 0.5))
}
