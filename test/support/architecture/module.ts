import { dirname, join } from 'node:path/posix'
import { type ESTree, parseSync, Visitor } from 'vite'

/** An import of another file (`target`, its path in the repository) or of a package; type imports vanish before anything runs. */
export type Import = { target: string; isType: boolean; isPackage: boolean }

/** A source file with what the rules of the house ask about. */
export type Module = { path: string; source: string; program: ESTree.Program; imports: Import[]; lines: number }

/** Parses a source file; `path` is relative to the root of the repository. @throws Error when it is not TypeScript */
export function parseModule(path: string, source: string): Module {
  const { program, module, errors } = parseSync(path, source)
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  const fromImports = module.staticImports.map(({ moduleRequest, entries }) => ({
    specifier: moduleRequest.value,
    isType: entries.length > 0 && entries.every(({ isType }) => isType),
  }))
  const fromExports = module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ moduleRequest, isType }) => (moduleRequest ? [{ specifier: moduleRequest.value, isType }] : []))
  const found = [...fromImports, ...fromExports, ...findInnerImports(program)]
  const imports = found.map(({ specifier, isType }) => ({ ...resolve(path, specifier), isType }))
  return { path, source, program, imports, lines: source.trimEnd().split('\n').length }
}

/** `await import('…')` and `import('…').Type`; one whose address is computed is kept as a package that no rule allows. */
function findInnerImports(program: ESTree.Program): { specifier: string; isType: boolean }[] {
  const found: { specifier: string; isType: boolean }[] = []
  const visitor = new Visitor({
    ImportExpression: ({ source }) => {
      const isText = source.type === 'Literal' && typeof source.value === 'string'
      found.push({ specifier: isText ? String(source.value) : '(computed)', isType: false })
    },
    TSImportType: ({ source }) => void found.push({ specifier: String(source.value), isType: true }),
  })
  visitor.visit(program)
  return found
}

/** `#error-pages` is an entry of `imports` in package.json. */
function resolve(path: string, specifier: string): { target: string; isPackage: boolean } {
  if (specifier === '#error-pages') return { target: 'site/errors/plain-pages.ts', isPackage: false }
  if (!specifier.startsWith('.')) return { target: specifier, isPackage: true }
  return { target: join(dirname(path), specifier), isPackage: false }
}
