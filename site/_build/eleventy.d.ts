// Neither package ships types of its own: these are the parts that the shop uses.
declare module '@11ty/eleventy' {
  /** A page that a build wrote: where, under which URL, and its HTML. */
  export type WrittenPage = { outputPath: string; url: string; content: string }
  export type BuildEvent = { directories: { output: string }; runMode: 'build' | 'watch' | 'serve' }

  export type MarkdownToken = { type: string; tag: string }
  export type MarkdownLibrary = {
    set(options: { html: boolean; typographer: boolean }): MarkdownLibrary
    disable(rules: string[]): MarkdownLibrary
    core: { ruler: { push(name: string, rule: (state: { tokens: MarkdownToken[] }) => void): void } }
  }

  export type EleventyConfig = {
    addGlobalData(name: string, value: unknown): void
    addFilter(name: string, filter: (value: never, ...parameters: never[]) => unknown): void
    addPlugin(plugin: unknown): void
    addWatchTarget(glob: string): void
    amendLibrary(name: string, amend: (library: MarkdownLibrary) => void): void
    on(event: 'eleventy.before', listener: (event: BuildEvent) => Promise<void>): void
    on(event: 'eleventy.after', listener: (event: BuildEvent & { results: WrittenPage[] }) => Promise<void>): void
  }

  type Options = { config: (config: EleventyConfig) => unknown; configPath?: string | null; quietMode: boolean }
  export default class Eleventy {
    constructor(input: string, output: string, options: Options)
    write(): Promise<unknown>
  }
  export const RenderPlugin: unknown
}

declare module '@11ty/eleventy-img' {
  type Options = {
    widths: number[]
    formats: readonly string[]
    dryRun: boolean
    useCache: boolean
    filenameFormat: (id: string, source: string, width: number, format: string) => string
    sharpAvifOptions: object
    sharpWebpOptions: object
    sharpJpegOptions: object
  }
  type Made = { width: number; height: number; buffer: Buffer }
  export default function makeImages(source: Buffer, options: Options): Promise<Record<string, Made[]>>
}
