import sharp from 'sharp'
import type { Product, Sample } from '../catalogue/product.ts'
import { pageName } from '../samples.ts'
import { storedSample } from './stored-file.ts'

/** A product's samples as `products.samples` keeps them. */
export function sampleColumn({ samples = [] }: Product): Promise<object[]> {
  return Promise.all(samples.map(row))
}

async function row(sample: Sample): Promise<object> {
  const { kind, alt } = sample
  if (kind === 'image') return { kind, ...(await pictureOf(sample.filename, alt)) }
  if (kind === 'audio') return { kind, ...fileOf(sample.filename), alt, seconds: sample.seconds }
  const pages = sample.pages.map((page) => pictureOf(pageName(sample.filename, page.number), page.alt))
  const [first, ...rest] = await Promise.all(pages)
  return { kind, ...first, alt, pages: [first, ...rest] }
}

async function pictureOf(filename: string, alt: string) {
  const { width, height } = await sharp(`${import.meta.dirname}/../../samples/${filename}`).metadata()
  return { ...fileOf(filename), alt, width, height }
}

function fileOf(filename: string) {
  const { sha256, content_type } = storedSample(filename)
  return { sha256, content_type }
}
