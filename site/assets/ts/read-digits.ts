/** The six digits of a code as people type and paste them: `123 456`, `Code: 123456`, in wide digits. `null` when there are not six. */
export function readDigits(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/\D/g, '')
  return digits.length === 6 ? digits : null
}
