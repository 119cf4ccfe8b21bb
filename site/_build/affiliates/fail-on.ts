/** @throws Error that names every fault, one line each, if there are any: the build fails, and the old pages stay up */
export function failOn(faults: string[]): void {
  if (faults.length === 0) return
  throw new Error(
    `links that pay break the rules (docs/decisions/0014-offers-and-affiliates.md):\n  ${faults.join('\n  ')}`,
  )
}
