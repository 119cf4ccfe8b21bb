import type { Page } from 'playwright-core'
import type { ShopProcess } from './shop-process.ts'

const PASSWORD = 'correct horse battery'

/** Makes an account of a running shop and gives it the role of its seller, as the local services page does. */
export async function addAdmin({ siteUrl, servicesUrl }: ShopProcess, email: string): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ email, password: PASSWORD })
  const made = await fetch(`${siteUrl}/.netlify/identity/signup`, { method: 'POST', headers, body })
  const { id } = (await made.json()) as { id: string }
  for (const act of ['confirm', 'make-admin']) {
    const form = new URLSearchParams({ id })
    const answer = await fetch(`${servicesUrl}/people/identity/${act}`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    })
    if (answer.status !== 303) throw new Error(`${act} was refused: ${await answer.text()}`)
  }
}

/** Signs in on the seller's page, at an address of it. */
export async function enterAdmin(
  page: Page,
  { siteUrl }: ShopProcess,
  { email, at = '' }: { email: string; at?: string },
) {
  await page.goto(`${siteUrl}/admin/${at}`)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('#views').waitFor()
}
