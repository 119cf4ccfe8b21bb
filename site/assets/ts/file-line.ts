import { orderWords as words } from '../../_data/order-words.ts'
import { formatBytes } from './format-bytes.ts'
import type { Download, FileVersion } from './order-answer.ts'

/** A version of a file as the page shows it; `about` says which version it is and what changed, where there is something to say. */
export type VersionLine = { file: string; about: string; label: string; sha256: string; url: string }
/** `title` is empty where the line above is of the same product. */
export type FileLine = VersionLine & { title: string; earlier: VersionLine[] }

/** Lists files in the order in which they came, each product named once. */
export function fileLines(downloads: Download[], locale: string): FileLine[] {
  return downloads.map((download, index) => {
    const { title, earlier = [] } = download
    const isRepeated = index > 0 && downloads[index - 1]?.title === title
    const isSole = earlier.length === 0 && !download.changelog
    const current = versionLine(download, title, locale)
    return {
      ...current,
      title: isRepeated ? '' : title,
      about: isSole ? '' : aboutOf(download, locale),
      earlier: earlier.map((version) => earlierLine(version, title, locale)),
    }
  })
}

/** All versions in the order in which their links stand on the page. */
export function everyVersion(files: FileLine[]): VersionLine[] {
  return files.flatMap((file) => [file, ...file.earlier])
}

function versionLine(version: FileVersion, title: string, locale: string): VersionLine {
  const { filename, size_bytes, sha256, url } = version
  const file = words.file(filename, formatBytes(size_bytes, locale))
  return { file, about: '', label: words.downloadFile(title, filename), sha256, url }
}

function earlierLine(version: FileVersion, title: string, locale: string): VersionLine {
  const [line, name] = [versionLine(version, title, locale), nameOf(version, locale)]
  return { ...line, about: aboutOf(version, locale), label: [line.label, name].filter(Boolean).join(', ') }
}

function aboutOf(version: FileVersion, locale: string): string {
  return [nameOf(version, locale), version.changelog].filter(Boolean).join(': ')
}

function nameOf({ version }: FileVersion, locale: string): string {
  return version === undefined ? '' : words.version(new Intl.NumberFormat(locale).format(version))
}
