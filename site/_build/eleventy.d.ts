// None of these packages ships types of its own: these are the parts that the shop uses.
declare module '@11ty/eleventy' {
  /** A page that a build wrote: where, under which URL, and its HTML. */
  export type WrittenPage = { outputPath: string; url: string; content: string }
  /** The Nunjucks environment that renders all templates, with the shop's filters. */
  export type TemplateEngine = { render(template: string, context: Record<string, unknown>): string }
  export type BuildEvent = { directories: { output: string }; runMode: 'build' | 'watch' | 'serve' }

  export type EleventyConfig = {
    addGlobalData(name: string, value: unknown): void
    addFilter(name: string, filter: (value: never, ...parameters: never[]) => unknown): void
    addWatchTarget(glob: string): void
    on(event: 'eleventy.before', listener: (event: BuildEvent) => Promise<void>): void
    on(event: 'eleventy.engine.njk', listener: (event: { environment: TemplateEngine }) => void): void
    on(event: 'eleventy.after', listener: (event: BuildEvent & { results: WrittenPage[] }) => Promise<void>): void
  }

  type Options = { config: (config: EleventyConfig) => unknown; configPath?: string | null; quietMode: boolean }
  export default class Eleventy {
    constructor(input: string, output: string, options: Options)
    write(): Promise<unknown>
  }
}

declare module '@11ty/eleventy-img' {
  type Options = {
    widths: number[]
    formats: readonly string[]
    dryRun: boolean
    useCache: boolean
    fixOrientation?: boolean
    filenameFormat: (id: string, source: string, width: number, format: string) => string
    sharpAvifOptions: object
    sharpWebpOptions: object
    sharpJpegOptions: object
  }
  type Made = { width: number; height: number; buffer: Buffer }
  export default function makeImages(source: Buffer, options: Options): Promise<Record<string, Made[]>>
}

declare module 'markdown-it' {
  export type MarkdownToken = { type: string; tag: string }
  export default class MarkdownIt {
    constructor(options: { html: boolean; typographer: boolean })
    disable(rules: string[]): this
    core: { ruler: { push(name: string, rule: (state: { tokens: MarkdownToken[] }) => void): void } }
    render(text: string): string
  }
}
