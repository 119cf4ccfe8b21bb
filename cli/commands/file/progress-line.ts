import { formatBytes } from '../../../site/assets/ts/format-bytes.ts'

const BAR = 20

/** How far a transfer is: `startedWith` bytes were there when it began, `seconds` ago. */
export type Standing = { what: string; done: number; total: number; startedWith: number; seconds: number }

/** `Uploading  [=====               ]  25%  25 MB of 100 MB  5.0 MB/s  15 s left`; rate and rest once there is something to reckon with. */
export function progressLine({ what, done, total, startedWith, seconds }: Standing): string {
  const share = total > 0 ? Math.min(done / total, 1) : 1
  const bar = '='.repeat(Math.floor(share * BAR)).padEnd(BAR)
  const amount = `${size(done)} of ${size(total)}`
  const rate = seconds >= 0.5 ? (done - startedWith) / seconds : 0
  const speed = rate > 0 ? [`${size(rate)}/s`, `${duration((total - done) / rate)} left`] : []
  // Never 100 % before the last byte.
  return [what, `[${bar}]`, `${Math.floor(share * 100)}%`.padStart(4), amount, ...speed].join('  ')
}

/** `47 s`, `3 min 20 s` or `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`
}

const size = (bytes: number) => formatBytes(bytes, 'en')
