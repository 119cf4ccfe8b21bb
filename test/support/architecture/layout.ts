import type { Module } from './module.ts'

const DRAWERS =
  /(^|\/)((utils?|helpers?|common|libs?|services?|misc|shared)\/|(utils?|helpers?|common|misc|shared)\.ts$)/

/** Files and folders whose name or size the house does not allow. */
export function findDisorder(modules: Module[]): string[] {
  return modules.flatMap(({ path, lines, program }) => [
    ...(DRAWERS.test(path) ? [`${path}: a drawer for everything is the place of nothing`] : []),
    ...(lines > limitOf(path) ? [`${path} has ${lines} lines, more than ${limitOf(path)}`] : []),
    ...(isWellNamed(path) ? [] : [`${path} must be in kebab-case, or in functions/ in snake_case`]),
    ...(isBarrel(program.body) ? [`${path} only hands on what other files export`] : []),
  ])
}

function limitOf(path: string): number {
  return path.startsWith('functions/') ? 30 : 200
}

function isWellNamed(path: string): boolean {
  const name = path.replace(/^.*\//, '')
  if (path.startsWith('functions/')) return /^[a-z]+(_[a-z]+)*(-background)?\.ts$/.test(name)
  return /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(name)
}

/** A file without a line of its own: every statement imports, or exports from another file. */
function isBarrel(body: Module['program']['body']): boolean {
  const statements = body.filter(({ type }) => type !== 'ImportDeclaration')
  const handsOn = (node: (typeof statements)[number]) =>
    node.type === 'ExportAllDeclaration' || (node.type === 'ExportNamedDeclaration' && node.declaration === null)
  return statements.length > 0 && statements.every(handsOn)
}
