import { describe, expect, it } from 'vitest'
import { networkOf } from '../../../shop/limits/visitor-network.ts'

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    [' 203.0.113.7 ', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:1:2:ffff::1', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1::', '2001:db8:1:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('is of %s %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })

  it.each([undefined, null, '', '  '])('is one for all whose address is not told: %j', (address) => {
    expect(networkOf(address)).toBe('untold')
  })
})
