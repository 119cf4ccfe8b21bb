import { paint } from './palette.ts'

/** Where a picture sits: left, top, width, height, y downwards. */
export type Frame = { x: number; y: number; width: number; height: number }

const skies: [hour: number, colour: string][] = [
  [0, '#121c2f'],
  [4, '#20345c'],
  [5, '#b86a86'],
  [6, '#f7c3bd'],
  [8, '#c9e2f2'],
  [12, '#9ccbee'],
  [16, '#bcdcea'],
  [17, '#fbdd92'],
  [18, '#ffc234'],
  [19.5, '#f04b2b'],
  [21, '#4a3a66'],
  [24, '#121c2f'],
]

/** An arched window that shows the sky of one hour of the day (0 to 24), as SVG. */
export function hourWindow(hour: number, frame: Frame, bars: string = paint.paper): string {
  const { x, y, width, height } = frame
  const id = `w${hour}-${x}-${y}`.replaceAll('.', '_')
  return `<clipPath id="${id}"><path d="${archPath(frame)}"/></clipPath><g clip-path="url(#${id})">
    <rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${skyAt(hour)}"/>
    ${isNight(hour) ? stars(hour, frame) : ''}${light(hour, frame)}${hills(hour, frame)}</g>${mullions(frame, bars)}`
}

/** Outline of an arched window: a half circle on top of a box. */
export function archPath({ x, y, width, height }: Frame): string {
  const r = width / 2
  return `M${x} ${y + height}V${y + r}A${r} ${r} 0 0 1 ${x + width} ${y + r}V${y + height}Z`
}

const isNight = (hour: number) => hour < 5 || hour > 20.5

function light(hour: number, { x, y, width, height }: Frame): string {
  const path = isNight(hour) ? ((hour + 4) % 24) / 9 : (hour - 5) / 15.5
  const cx = x + width * (0.12 + 0.76 * path)
  const cy = y + height * (0.8 - 2.3 * path * (1 - path))
  const radius = width * (isNight(hour) ? 0.14 : 0.2)
  const glow = hour > 16.5 || hour < 7 ? paint.tomato : paint.sun
  if (!isNight(hour)) return `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${hour > 18.6 ? paint.sun : glow}"/>`
  return `<circle cx="${cx}" cy="${cy}" r="${radius}" fill="${paint.paper}"/>
    <circle cx="${cx + radius * 0.42}" cy="${cy - radius * 0.2}" r="${radius * 0.86}" fill="${skyAt(hour)}"/>`
}

function stars(hour: number, { x, y, width, height }: Frame): string {
  const at = (index: number, stride: number) => ((index * stride + hour * 0.37) % 1) * 0.9 + 0.05
  return Array.from({ length: 9 }, (_, index) => {
    const r = width * (index % 3 === 0 ? 0.012 : 0.007)
    return `<circle cx="${x + width * at(index, 0.618)}" cy="${y + height * 0.7 * at(index, 0.414)}" r="${r}" fill="${paint.sun}"/>`
  }).join('')
}

function hills(hour: number, { x, y, width, height }: Frame): string {
  const base = y + height
  const dark = isNight(hour)
  const near = dark ? '#0b3a34' : paint.pine
  const far = dark ? '#123f4b' : '#3f8a72'
  const side = hour % 2 < 1 ? 1 : -1
  const centre = x + width / 2
  return `<circle cx="${centre + side * width * 0.42}" cy="${base + width * 0.18}" r="${width * 0.52}" fill="${far}"/>
    <circle cx="${centre - side * width * 0.4}" cy="${base + width * 0.42}" r="${width * 0.68}" fill="${near}"/>`
}

function mullions({ x, y, width, height }: Frame, colour: string): string {
  const t = width * 0.035
  return `<g fill="${colour}"><rect x="${x + width / 2 - t / 2}" y="${y - 1}" width="${t}" height="${height + 2}"/>
    <rect x="${x - 1}" y="${y + width / 2 - t / 2}" width="${width + 2}" height="${t}"/>
    <rect x="${x - 1}" y="${y + width / 2 + (height - width / 2) / 2 - t / 2}" width="${width + 2}" height="${t}"/></g>`
}

/** Colour of the sky at an hour, between the two nearest of the list. */
export function skyAt(hour: number): string {
  const next = skies.findIndex(([at]) => at > hour)
  const [toHour, to] = skies[next] ?? [24, paint.ink]
  const [fromHour, from] = skies[next - 1] ?? [0, paint.ink]
  return blend(from, to, (hour - fromHour) / (toHour - fromHour))
}

function blend(from: string, to: string, share: number): string {
  const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16)
  const mixed = [1, 3, 5].map((at) => Math.round(part(from, at) + (part(to, at) - part(from, at)) * share))
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
