import type { Module } from './module.ts'
import { isIn } from './zones.ts'

/** Exported functions of use cases whose first parameter is not `app`. */
export function findMisshapenUseCases(modules: Module[]): string[] {
  return modules
    .filter(({ path }) => isIn('use case', path))
    .flatMap(({ path, program }) =>
      program.body.flatMap((node) => {
        if (node.type !== 'ExportNamedDeclaration' || node.declaration?.type !== 'FunctionDeclaration') return []
        const { id, params } = node.declaration
        const [first] = params
        if (first && 'name' in first && first.name === 'app' && params.length <= 3) return []
        return [`${path}: ${id?.name} must take \`app\` first, and at most two more`]
      }),
    )
}
