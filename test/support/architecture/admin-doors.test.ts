import { describe, expect, it } from 'vitest'
import { findUnguardedAdminDoors } from './admin-doors.ts'
import { house } from './fixture.ts'

const GUARDED = `import { adminEndpoint } from '../adapters/admin-endpoint.ts'`

describe('findUnguardedAdminDoors', () => {
  it('has nothing to say about doors that are what they are called', () => {
    const files = {
      'functions/admin_orders.ts': GUARDED,
      'functions/go.ts': `import { endpoint } from '../adapters/endpoint.ts'`,
    }
    expect(findUnguardedAdminDoors(house(files))).toEqual([])
  })

  it.each([
    ['functions/admin_orders.ts', ''],
    ['functions/admin_orders.ts', `import { endpoint } from '../adapters/endpoint.ts'`],
    ['functions/admin_orders.ts', `${GUARDED}\nimport { endpoint } from '../adapters/endpoint.ts'`],
    ['functions/admin_orders.ts', `import type { Guard } from '../adapters/admin-endpoint.ts'`],
    ['functions/orders.ts', GUARDED],
  ])('complains about %s: %s', (path, source) => {
    expect(findUnguardedAdminDoors(house({ [path]: source }))).toHaveLength(1)
  })
})
