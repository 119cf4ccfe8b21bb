import { describe, expect, it } from 'vitest'
import { findCycles } from './cycles.ts'
import { house } from './fixture.ts'

describe('findCycles', () => {
  it.each([
    ['of one', { 'a.ts': `import './a.ts'` }, ['a.ts → a.ts']],
    ['of two', { 'a.ts': `import './b.ts'`, 'b.ts': `import './a.ts'` }, ['a.ts → b.ts → a.ts']],
    [
      'behind a beginning that is not part of it',
      { 'a.ts': `import './x/b.ts'`, 'x/b.ts': `export * from './c.ts'`, 'x/c.ts': `await import('./b.ts')` },
      ['x/b.ts → x/c.ts → x/b.ts'],
    ],
  ])('finds a circle %s', (_what, files, circles) => {
    expect(findCycles(house(files))).toEqual(circles)
  })

  it('has nothing to say about two ways to one file, nor about types', () => {
    const files = {
      'a.ts': `import './b.ts'; import './c.ts'`,
      'b.ts': `import './d.ts'`,
      'c.ts': `import './d.ts'`,
      'd.ts': `import type { A } from './a.ts'`,
    }
    expect(findCycles(house(files))).toEqual([])
  })
})
