import { restoreFile, retireFile } from '../../db/file-withdrawal.ts'
import type { App } from '../app.ts'
import { wake } from '../wake.ts'
import type { FileChange } from './product-requests.ts'

/** Takes a version of a file from everybody who bought it, or gives it back; false when that had been done, or there is no such file. */
export async function changeFile(app: App, { file_id, action }: FileChange, actor: string): Promise<boolean> {
  const isDone = await (action === 'withdraw' ? retireFile : restoreFile)(app.db, file_id, actor)
  if (isDone) await app.later('wake_failed', wake(app))
  return isDone
}
