import type { Module } from './module.ts'

const GUARD = 'adapters/admin-endpoint.ts'
/** What would make a door without the guard. */
const UNGUARDED = ['adapters/endpoint.ts', 'adapters/background.ts']

/** Functions of the seller's pages that do not stand behind the one guard, and guarded ones that are not called so. */
export function findUnguardedAdminDoors(modules: Module[]): string[] {
  const doors = modules.filter(({ path }) => path.startsWith('functions/'))
  return doors.flatMap(({ path, imports }) => {
    const isAdmin = path.startsWith('functions/admin_')
    const values = imports.filter(({ isType }) => !isType).map(({ target }) => target)
    const isGuarded = values.includes(GUARD) && !values.some((target) => UNGUARDED.includes(target))
    if (isAdmin && !isGuarded) return [`${path} must be made by ${GUARD}, and by nothing else`]
    if (!isAdmin && values.includes(GUARD)) return [`${path} must be called functions/admin_…`]
    return []
  })
}
