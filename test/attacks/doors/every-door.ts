import { readdirSync } from 'node:fs'
import type { Config, Context } from '@netlify/functions'

type Handle = (request: Request, context: Context) => Promise<Response>
type Module = { default: Handle; config: Config }

/** `web` is open to anybody, `admin` to the seller; nobody but the platform calls a `background` or `schedule` one. */
export type DoorKind = 'web' | 'admin' | 'background' | 'schedule'
export type Door = { name: string; kind: DoorKind; path: string; handle: Handle }

const FOLDER = new URL('../../../functions/', import.meta.url)

/** Every function of the shop, found by its file, so that a new one cannot be forgotten where all of them are tried. */
export const DOORS: Door[] = await Promise.all(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .map(async (file) => {
      const { default: handle, config }: Module = await import(new URL(file, FOLDER).href)
      const name = file.replace(/\.ts$/, '')
      return { name, handle, kind: kindOf(name, config), path: String(config.path ?? `/.netlify/functions/${name}`) }
    }),
)

/** Those that a stranger's request can reach. */
export const PUBLIC_DOORS = DOORS.filter(({ kind }) => kind !== 'schedule')

function kindOf(name: string, { background, schedule }: Config): DoorKind {
  if (schedule) return 'schedule'
  if (background) return 'background'
  return name.startsWith('admin_') ? 'admin' : 'web'
}

const behind: Promise<unknown>[] = []
let strangers = 0

/**
 * Calls a door as the platform does, in this process: what no client would send arrives too. Each call comes from another network, so that
 * no limit stands before what is tried.
 */
export function callDoor({ handle }: Door, request: Request, slug = ''): Promise<Response> {
  const context = {
    params: { slug },
    ip: `10.${(++strangers >> 16) & 255}.${(strangers >> 8) & 255}.${strangers & 255}`,
    requestId: 'req_test',
    deploy: { context: 'production' },
    waitUntil: (work: Promise<unknown>) => void behind.push(work),
  }
  return handle(request, context as unknown as Context)
}

/** Waits for what the doors do behind their answers. */
export async function settleDoors(): Promise<void> {
  while (behind.length > 0) await Promise.allSettled(behind.splice(0))
}
