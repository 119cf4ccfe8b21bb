import { NotFound } from '../../../shop/errors.ts'

/** The complaint about an unknown id of a file, and where the ids are. */
export function noSuchFile(id: string): NotFound {
  return new NotFound(`There is no file with the id ${id}. \`npm run till -- file list --all\` shows the ids.`)
}
