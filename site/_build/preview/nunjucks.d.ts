// The package ships no types of its own: these are the parts that the preview uses.
declare module 'nunjucks' {
  type Compiled = { name: string; template: string }
  type Options = { name: string; wrapper: (made: Compiled[]) => string }
  const nunjucks: { precompileString(text: string, options: Options): string }
  export default nunjucks
}

declare module 'nunjucks/browser/nunjucks-slim.js' {
  class PrecompiledLoader {
    constructor(templates: Record<string, unknown>)
  }
  class Environment {
    constructor(loader: PrecompiledLoader, options: { autoescape: boolean })
    addFilter(name: string, filter: (value: string) => string): void
    render(name: string, context: Record<string, unknown>): string
  }
  const nunjucks: { Environment: typeof Environment; PrecompiledLoader: typeof PrecompiledLoader }
  export default nunjucks
}
