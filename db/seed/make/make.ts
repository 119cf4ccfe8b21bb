import { mkdirSync, writeFileSync } from 'node:fs'
import { makeFont } from './font/make-font.ts'

const root = `${import.meta.dirname}/..`
const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.some((word) => name.includes(word))

mkdirSync(`${root}/files`, { recursive: true })
mkdirSync(`${root}/images`, { recursive: true })
mkdirSync(`${root}/samples`, { recursive: true })
// First, because covers, titles and pictures are set in this font.
write('files/casement-display-bold.otf', makeFont())

const { goods } = await import('./goods.ts')
const { pictures, PICTURE } = await import('./pictures.ts')
const { closeBrowser, toJpeg } = await import('./page/browser.ts')

for (const [name, make] of Object.entries(goods)) if (isWanted(name)) write(`files/${name}`, await make())
for (const [name, make] of Object.entries(pictures)) {
  if (isWanted(name)) write(`images/${name}`, await toJpeg(await make(), PICTURE.width, PICTURE.height))
}
await closeBrowser()
// Last, because they are cut from the files for sale.
const { samples } = await import('./samples.ts')
for (const [name, make] of Object.entries(samples)) if (isWanted(name)) write(`samples/${name}`, await make())

const { seedSql } = await import('./seed/sql.ts')
const { storedFiles } = await import('./seed/stored-file.ts')
write('0001_products.sql', await seedSql())
write('files.json', `${JSON.stringify(storedFiles(), null, 2)}\n`)

function write(path: string, bytes: Buffer | string): void {
  writeFileSync(`${root}/${path}`, bytes)
  process.stdout.write(`${path} ${Buffer.byteLength(bytes)}\n`)
}
