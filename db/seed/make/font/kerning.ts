const pairs: [first: string, second: string, units: number][] = [
  ['T', 'acegoqdsmnpruvwxyz', -84],
  ['T', '.,…-–A', -70],
  ['F', 'aceoqdA.,', -50],
  ['P', '.,A', -70],
  ['V', 'aceoqdA.,', -46],
  ['Y', 'aceoqdsA.,u', -40],
  ['L', 'TVYU’\'"', -64],
  ['K', 'oceaqdOCGQ', -34],
  ['X', 'oceOCGQ', -34],
  ['R', 'TVY', -24],
  ['A', 'TVY', -24],
  ['O', 'TVXYA', -22],
  ['D', 'TVXYA', -22],
  ['r', 'aceoqdg.,', -36],
  ['f', 'aceoqd.,', -30],
  ['k', 'aceoqd', -26],
  ['v', '.,aceo', -30],
  ['o', 'vxzt.,', -14],
  ['e', 'vxz', -12],
  ['s', 't', -10],
  ['1', '1', -20],
  ['7', '4.,', -60],
]

/** Distances between two letters that differ from the rule, in font units, one entry for each pair. */
export function kerning(): [first: string, second: string, units: number][] {
  return pairs.flatMap(([first, seconds, units]) =>
    [...seconds].map((second) => [first, second, units] as [string, string, number]),
  )
}
