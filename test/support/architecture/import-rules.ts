import type { Import, Module } from './module.ts'
import { isIn, ZONES, type Zone } from './zones.ts'

/** What the files of a zone may import: other zones, those only for their types, and packages. */
type Rule = { zone: Zone; except?: Zone; values: Zone[]; types: Zone[]; packages: RegExp }

const NONE = /^$/

/** "Who may import whom". A file that several rules speak of obeys the first. */
const RULES: Rule[] = [
  { zone: 'port', values: [], types: ['rule', 'db/database.ts'], packages: NONE },
  { zone: 'use case', values: ['rule', 'use case', 'db'], types: ['port'], packages: NONE },
  { zone: 'rule', values: ['rule'], types: [], packages: /^(zod(\/mini)?|node:crypto)$/ },
  { zone: 'shop.config.ts', values: ['rule'], types: [], packages: NONE },
  { zone: 'db', values: ['db'], types: ['rule'], packages: /^node:(crypto|fs\/promises)$/ },
  { zone: 'worker', values: ['rule', 'use case', 'db', 'worker'], types: ['port'], packages: NONE },
  {
    zone: 'wiring',
    values: ['rule', 'adapter', 'shop.config.ts', 'who is the seller'],
    types: ['port', 'db/database.ts'],
    packages: /^(node:|@netlify\/functions$)/,
  },
  {
    zone: 'adapter',
    except: 'wiring',
    values: ['rule', 'adapter', 'error pages'],
    types: ['port', 'db/database.ts'],
    packages: /./,
  },
  {
    zone: 'function',
    values: ['edge', 'rule', 'use case', 'worker'],
    types: ['port'],
    packages: /^(@netlify\/functions|node:crypto)$/,
  },
  { zone: 'signing in', values: [], types: ['browser'], packages: /^@netlify\/identity$/ },
  { zone: 'browser', values: ['rule', 'browser', 'words'], types: [], packages: NONE },
  {
    zone: 'build',
    values: [
      'build',
      'words',
      'browser',
      'rule',
      'shop.config.ts',
      'db/products.ts',
      'db/old-addresses.ts',
      'adapters/create-app.ts',
    ],
    types: ['adapter', 'db/database.ts'],
    packages: /^(?!stripe$|resend$|jose$|@neondatabase\/|@netlify\/).+/,
  },
  { zone: 'tool', values: Object.keys(ZONES) as Zone[], types: [], packages: /./ },
]

/** Imports that the house forbids, one complaint each; also files that no rule speaks of. */
export function findForbiddenImports(modules: Module[]): string[] {
  return modules.flatMap((module) => {
    const rule = RULES.find(({ zone }) => isIn(zone, module.path))
    if (!rule) return [`${module.path} lies outside of the house: no import rule speaks of it`]
    const forbidden = module.imports.filter((found) => !mayImport(rule, module.path, found))
    return forbidden.map(
      ({ target, isType }) => `${module.path} (${rule.zone}) may not import ${isType ? 'types of ' : ''}${target}`,
    )
  })
}

function mayImport(
  { zone, values, types, packages }: Rule,
  path: string,
  { target, isType, isPackage }: Import,
): boolean {
  if (isPackage) return packages.test(target)
  // The wiring reaches everything, so an adapter that reached the wiring would reach everything too.
  if (zone === 'adapter' && isIn('wiring', target)) return false
  if (target.endsWith('.json')) return path === 'site/errors/plain-pages.ts'
  const allowed = isType ? [...values, ...types] : values
  return allowed.some((name) => isIn(name, target))
}

/**
 * Packages that browser code would carry along, through however many files: a rule with zod in it weighs more than all our scripts.
 * The file that signs people in has one, and is fetched only when somebody does.
 */
export function findPackagesInBrowser(modules: Module[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]))
  const carried = (path: string, seen: Set<string>): string[] => {
    if (seen.has(path) || isIn('signing in', path)) return []
    seen.add(path)
    const imports = byPath.get(path)?.imports.filter(({ isType }) => !isType) ?? []
    return imports.flatMap(({ target, isPackage }) => (isPackage ? [`${target} by ${path}`] : carried(target, seen)))
  }
  const scripts = modules.filter(({ path }) => isIn('browser', path))
  return scripts.flatMap(({ path }) =>
    carried(path, new Set()).map((found) => `${path} carries ${found} to the browser`),
  )
}
