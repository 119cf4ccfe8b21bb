import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const KEY_BYTES = 32
// A quarter of Node's standard: only this machine's test accounts lie here, and every test signs somebody in.
const COST = { N: 4096 }

/** `<salt>:<key>` in hex. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt)
  return `${salt.toString('hex')}:${key.toString('hex')}`
}

/** Whether `password` is the one that `hash` was made of. */
export async function isPassword(password: string, hash: string): Promise<boolean> {
  const [salt, key] = hash.split(':').map((part) => Buffer.from(part, 'hex'))
  if (!salt || key?.length !== KEY_BYTES) return false
  return timingSafeEqual(await derive(password, salt), key)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
