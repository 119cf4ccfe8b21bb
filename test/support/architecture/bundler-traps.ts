import type { ESTree } from 'vite'
import type { Module } from './module.ts'

/**
 * What Netlify's bundler would misread without a word in the files of functions/: it reads `config` from the syntax tree and drops
 * what is not a plain literal, takes any export called `handler` for the old API, and deploys every file that lies there.
 */
export function findBundlerTraps(modules: Module[]): string[] {
  const doors = modules.filter(({ path }) => path.startsWith('functions/'))
  return doors.flatMap((module) => {
    const complaints = [...configTraps(module), ...exportTraps(module)]
    if (module.path.split('/').length > 2) complaints.push('lies in a folder of functions/')
    if (/\.(test|spec)\.ts$/.test(module.path)) complaints.push('is a test, and would be deployed')
    return complaints.map((complaint) => `${module.path} ${complaint}`)
  })
}

function configTraps({ program }: Module): string[] {
  const declaration = program.body
    .flatMap(declaratorsOf)
    .find(({ id }) => id.type === 'Identifier' && id.name === 'config')
  if (!declaration) return ['has no `export const config: Config = {…}`']
  const { id, init } = declaration
  const traps = isAnnotated(id) ? [] : ['does not annotate its config as `Config`']
  if (init?.type !== 'ObjectExpression') return [...traps, 'must write its config as a plain object literal']
  if (!isLiteral(init)) traps.push('has a value in its config that is not a plain literal')
  if (keysOf(init).includes('method'))
    traps.push('names methods in its config: endpoint() answers 405, the platform would say 404')
  if (hasTextAggregate(init))
    traps.push('must write aggregateBy as an array: a string is one counter for the whole site')
  return traps
}

function declaratorsOf(node: ESTree.Program['body'][number]): ESTree.VariableDeclarator[] {
  if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'VariableDeclaration') return []
  return node.declaration.declarations
}

function isAnnotated(id: ESTree.VariableDeclarator['id']): boolean {
  const annotation = id.typeAnnotation?.typeAnnotation
  return (
    annotation?.type === 'TSTypeReference' && 'name' in annotation.typeName && annotation.typeName.name === 'Config'
  )
}

function isLiteral(node: ESTree.Node): boolean {
  if (node.type === 'ArrayExpression') return node.elements.every((element) => element !== null && isLiteral(element))
  if (node.type !== 'ObjectExpression') return node.type === 'Literal'
  return node.properties.every(
    (property) => property.type === 'Property' && !property.computed && isLiteral(property.value),
  )
}

function keysOf(node: ESTree.ObjectExpression): string[] {
  return node.properties.flatMap((property) => {
    if (property.type !== 'Property') return []
    return 'name' in property.key ? [String(property.key.name)] : []
  })
}

function hasTextAggregate(node: ESTree.ObjectExpression): boolean {
  return node.properties.some((property) => {
    if (property.type !== 'Property') return false
    if ('name' in property.key && property.key.name === 'aggregateBy') return property.value.type !== 'ArrayExpression'
    return property.value.type === 'ObjectExpression' && hasTextAggregate(property.value)
  })
}

function exportTraps({ program }: Module): string[] {
  const names = program.body.flatMap(exportedNames)
  return [
    ...(names.includes('handler') ? ['exports `handler`, which switches it to the old API'] : []),
    ...(names.includes('default') ? [] : ['has no default export']),
  ]
}

function exportedNames(node: ESTree.Program['body'][number]): string[] {
  if (node.type === 'ExportDefaultDeclaration') return ['default']
  if (node.type !== 'ExportNamedDeclaration') return []
  const { declaration, specifiers } = node
  const listed = specifiers.map(({ exported }) => ('name' in exported ? exported.name : exported.value))
  const variables = declaratorsOf(node).map(({ id }) => (id.type === 'Identifier' ? id.name : ''))
  const isFunction = declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration'
  return [...listed, ...variables, ...(isFunction ? [declaration.id?.name ?? ''] : [])]
}
