import type { Tree } from './form.ts'
import { fields, type Read, type Reader } from './params.ts'
import type { World } from './world.ts'

type Shape = Record<string, Reader<unknown>>
type Params<Of extends Shape> = { [Key in keyof Of]: Read<Of[Key]> }

/** `id` is the one in the path, empty where there is none; `url` is the path as asked. */
export type Call<Of> = { params: Of; id: string; url: string }
export type Method = 'GET' | 'POST' | 'DELETE'

/** One operation of the API: checks the parameters first, and only then is ready to run. */
export type ApiRoute = {
  method: Method
  path: string
  prepare(tree: { [key: string]: Tree }): (world: World, at: { id: string; url: string }) => object
}

/** An operation whose parameters are exactly `params`; `run` answers with the resource, unexpanded. */
export function apiRoute<const Of extends Shape>(
  [method, path]: [Method, string],
  params: Of,
  run: (world: World, call: Call<Params<Of>>) => object,
): ApiRoute {
  return {
    method,
    path,
    prepare: (tree) => {
      const read: Params<Of> = fields(params, tree)
      return (world, at) => run(world, { params: read, ...at })
    },
  }
}
