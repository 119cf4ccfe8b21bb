import { Visitor } from 'vite'
import type { Module } from './module.ts'
import { isIn } from './zones.ts'

/** Values that differ from one call to the next, or reach out of the process. */
const IMPURE = [
  'Date.now',
  'new Date()',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
  'performance.now',
  'fetch',
  'setTimeout',
  'setInterval',
  'console',
]
const IMPURE_IMPORTS = ['import randomBytes', 'import randomUUID', 'import randomInt', 'import webcrypto']

/** Clocks, chance, timers and the network in shop/, db/ and workers/, which get them from `app`. */
export function findImpurities(modules: Module[]): string[] {
  const pure = modules.filter(({ path }) => /^(shop|db|workers)\/|^shop\.config/.test(path))
  return pure.flatMap((module) => {
    const impure = namesUsed(module).filter((name) => IMPURE.includes(name) || IMPURE_IMPORTS.includes(name))
    return [...new Set(impure)].map((name) => `${module.path} uses ${name}; take it from \`app\``)
  })
}

/** The environment, read anywhere but in adapters/config.ts and the default parameters of the wiring; and branches on where we are. */
export function findEnvironmentReaders(modules: Module[]): string[] {
  const readers = ['adapters/config.ts', 'adapters/create-app.ts', 'adapters/wire-app.ts']
  const production = modules.filter(({ path }) => !isIn('tool', path))
  return production.flatMap((module) => {
    const names = namesUsed(module)
    const reads = names.filter((name) => ['process.env', 'meta.env', 'Netlify.env', 'import env'].includes(name))
    const branches = names.filter((name) => /^(NODE_ENV|MOCKS|.*\.(NODE_ENV|MOCKS))$/.test(name))
    const forbidden = readers.includes(module.path) ? branches : [...reads, ...branches]
    return [...new Set(forbidden)].map(
      (name) => `${module.path} reads ${name}; only adapters/config.ts reads the environment`,
    )
  })
}

/** Every `a.b`, also taken apart, every `new Date()` without arguments, every name that is imported, and every function that is called by its bare name. */
function namesUsed({ program }: Module): string[] {
  const names: string[] = []
  const nameOf = (node: { type: string }) =>
    'name' in node ? String(node.name) : node.type === 'MetaProperty' ? 'meta' : ''
  const visitor = new Visitor({
    MemberExpression: ({ object, property }) => {
      const key = 'value' in property ? String(property.value) : nameOf(property)
      names.push(`${nameOf(object)}.${key}`, nameOf(object))
    },
    // `const { env } = process`
    VariableDeclarator: ({ id, init }) => {
      if (id.type !== 'ObjectPattern' || !init) return
      for (const part of id.properties) if ('key' in part) names.push(`${nameOf(init)}.${nameOf(part.key)}`)
    },
    NewExpression: ({ callee, arguments: values }) => {
      if (values.length === 0) names.push(`new ${nameOf(callee)}()`)
    },
    CallExpression: ({ callee }) => void names.push(nameOf(callee)),
    ImportSpecifier: ({ imported }) => void names.push(`import ${nameOf(imported)}`),
  })
  visitor.visit(program)
  return names
}
