import { type Module, parseModule } from './module.ts'

/** A house of these files, by path, for a test of one rule. */
export function house(files: Record<string, string>): Module[] {
  return Object.entries(files).map(([path, source]) => parseModule(path, source))
}
