import { createHash } from 'node:crypto'
import { open, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createApp } from '../../adapters/create-app.ts'

/** A process of its own that pushes a file to the bucket of its environment: `node s3-uploader.ts <file> <key> <bookmark>`. */
const [path = '', key = '', bookmark = ''] = process.argv.slice(2)
const file = await open(path)
const { size } = await file.stat()
const sha256 = createHash('sha256')
for await (const chunk of file.createReadStream({ autoClose: false, start: 0 })) sha256.update(chunk)

const source = {
  sizeBytes: size,
  sha256: sha256.digest('hex'),
  contentType: 'application/zip',
  read: async ({ first, last }: { first: number; last: number }) => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(last - first + 1), 0, last - first + 1, first)
    return buffer.subarray(0, bytesRead)
  },
}
await createApp().files.s3.write(key, source, {
  bookmark: {
    load: () => readFile(bookmark, 'utf8').catch(() => null),
    save: async (state) => {
      await writeFile(`${bookmark}.part`, state)
      await rename(`${bookmark}.part`, bookmark)
    },
    clear: () => rm(bookmark, { force: true }),
  },
  progress: (bytes) => console.log(bytes),
  signal: new AbortController().signal,
})
await file.close()
