import dns from 'node:dns'

/**
 * Lets names below `localhost` lead to this machine, as browsers and most systems do; some systems ask their name server instead. The
 * function returned puts things back.
 */
export function resolveLocalhostNames(): () => void {
  const real = dns.lookup
  const lookup = (name: string, ...rest: unknown[]) =>
    (real as (...words: unknown[]) => void)(name.endsWith('.localhost') ? 'localhost' : name, ...rest)
  dns.lookup = lookup as typeof dns.lookup
  return () => {
    dns.lookup = real
  }
}
