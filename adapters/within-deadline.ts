import { VendorDown } from '../shop/errors.ts'

/**
 * Gives up after `ms`: the Blobs client itself has no timeout and repeats a failing call for 25 s and more. The signal that `work` gets
 * ends what it has begun by then.
 * @throws VendorDown when the store has not answered by then, or answered with a failure
 */
export async function withinDeadline<Result>(
  ms: number,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(new Error(`no answer within ${ms} ms`)), ms)
  const deadline = new Promise<never>((_, reject) => {
    late.signal.addEventListener('abort', () => reject(late.signal.reason))
  })
  try {
    return await Promise.race([work(late.signal), deadline])
  } catch (error) {
    throw new VendorDown('storage', 'The file store does not answer.', { cause: error })
  } finally {
    clearTimeout(timer)
  }
}
