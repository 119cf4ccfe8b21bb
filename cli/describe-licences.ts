type LockedPackage = { version?: string; license?: string; dev?: boolean; devOptional?: boolean; link?: boolean }
/** As much of package-lock.json as licences need. */
export type Lock = { packages: Record<string, LockedPackage> }
export type Licensed = { name: string; version: string; licence: string; isShipped: boolean }

/** What package.json of these does not say, read in the package itself. */
const UNSAID: Record<string, string> = { 'callsite@1.0.0': 'MIT', 'duplexer@0.1.1': 'MIT' }
/** One package for every kind of machine: they differ in nothing that matters here. */
const MACHINE =
  /-(aix|android|darwin|freebsd|linux|linuxmusl|netbsd|openbsd|openharmony|sunos|wasm32|win32|windows)\b.*$|\/(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|wasi|win32)-.*$/

/** Every installed package with its licence. Shipped is what a build or a function of the shop uses; the rest is for development. */
export function listLicences({ packages }: Lock): Licensed[] {
  const all = Object.entries(packages).flatMap(([path, { version = '', license, dev, devOptional, link }]) => {
    const name = path.replace(/^.*node_modules\//, '')
    if (!path || link) return []
    return {
      name,
      version,
      licence: license ?? UNSAID[`${name}@${version}`] ?? 'unknown',
      isShipped: !dev && !devOptional,
    }
  })
  return all.sort((a, b) => (a.name + a.version < b.name + b.version ? -1 : 1))
}

/** The page docs/LICENCES.md. */
export function describeLicences(lock: Lock): string {
  const all = listLicences(lock)
  const shipped = rowsOf(all.filter(({ isShipped }) => isShipped))
  const counts = Map.groupBy(
    all.filter(({ isShipped }) => !isShipped),
    ({ licence }) => licence,
  )
  return [
    '# Licences of the packages that Till installs',
    '',
    'Written by `npm run licences` from `package-lock.json`; a test holds it to that file, and refuses licences that would bind the',
    'seller ([why and which](SECURITY.md#supply-chain)).',
    '',
    '## What a build or a function uses',
    '',
    ...table(['Package', 'Version', 'Licence'], shipped),
    '',
    '## What only development uses',
    '',
    ...table(['Licence', 'Packages'], [...counts].map(([licence, { length }]) => [licence, String(length)]).sort()),
    '',
  ].join('\n')
}

/** One row for a package and its builds for other machines. */
function rowsOf(packages: Licensed[]): string[][] {
  const rows = packages.map(({ name, version, licence }) => [`\`${name.replace(MACHINE, '-*')}\``, version, licence])
  return [...new Map(rows.map((row) => [row.join(), row])).values()]
}

function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => (row[i] ?? '').length)))
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)]
}
