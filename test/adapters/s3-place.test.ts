import { describe, expect, it } from 'vitest'
import { addressIn, regionOf, styleOf } from '../../adapters/s3-place.ts'

describe('regionOf', () => {
  it.each([
    ['https://s3.eu-central-1.amazonaws.com', 'eu-central-1'],
    ['https://s3.dualstack.ap-southeast-2.amazonaws.com', 'ap-southeast-2'],
    ['https://s3-us-west-2.amazonaws.com', 'us-west-2'],
    ['https://s3.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['https://s3.amazonaws.com', 'us-east-1'],
    ['https://0123abcd.r2.cloudflarestorage.com', 'auto'],
    ['https://0123abcd.eu.r2.cloudflarestorage.com', 'auto'],
    ['https://s3.us-west-004.backblazeb2.com', 'us-west-004'],
    ['https://s3.fr-par.scw.cloud', 'fr-par'],
    ['http://localhost:9000', 'us-east-1'],
    ['https://files.example.com', 'us-east-1'],
  ])('reads %s as %s', (endpoint, region) => {
    expect(regionOf(endpoint)).toBe(region)
  })
})

describe('styleOf', () => {
  it.each([
    ['https://s3.eu-central-1.amazonaws.com', 'files', 'virtual'],
    ['https://s3.eu-central-1.amazonaws.com', 'files.example.com', 'path'],
    ['https://0123abcd.r2.cloudflarestorage.com', 'files', 'path'],
    ['https://amazonaws.com.example.com', 'files', 'path'],
    ['http://localhost:9000', 'files', 'path'],
  ])('at %s, bucket %s: %s', (endpoint, bucket, style) => {
    expect(styleOf({ endpoint, bucket })).toBe(style)
  })
})

describe('addressIn', () => {
  it.each([
    ['https://s3.eu-central-1.amazonaws.com', 'virtual', 'https://b.s3.eu-central-1.amazonaws.com/files/0a'],
    ['https://s3.eu-central-1.amazonaws.com', 'path', 'https://s3.eu-central-1.amazonaws.com/b/files/0a'],
    ['http://localhost:9000', 'virtual', 'http://b.localhost:9000/files/0a'],
    ['http://localhost:8889/s3', 'path', 'http://localhost:8889/s3/b/files/0a'],
    ['https://x.supabase.co/storage/v1/s3', 'path', 'https://x.supabase.co/storage/v1/s3/b/files/0a'],
  ] as const)('at %s in %s style', (endpoint, style, address) => {
    expect(addressIn({ endpoint, bucket: 'b', style }, 'files/0a').href).toBe(address)
  })
})
