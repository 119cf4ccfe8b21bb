import { InvalidInput } from '../errors.ts'

/** The one `token` of a download link. @throws InvalidInput when there is none, more than one, or one too long to be ours */
export function readToken(parameters: URLSearchParams): string {
  const [token, ...others] = parameters.getAll('token')
  if (token && others.length === 0 && token.length <= 4096) return token
  throw new InvalidInput('This link is not complete.')
}
