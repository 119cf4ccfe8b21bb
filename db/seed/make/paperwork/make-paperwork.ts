import { globSync, readFileSync } from 'node:fs'
import type { Entry } from '../archive.ts'

const bill = readFileSync(`${import.meta.dirname}/bill.html`, 'utf8')

const bills: Record<string, Record<string, string>> = {
  '04-quote': {
    title: 'Quote',
    colour: '#0f5c4c',
    number: 'Quote no.',
    dateLabel: 'Valid until',
    dateValue: '7 February 2026',
    workLabel: 'Work begins',
    workValue: '16 February 2026',
    total: 'Total',
    note: 'Two rounds of changes are included. A third is due before the work begins. Answer “yes” to this quote and you will receive the agreement.',
  },
  '05-invoice': {
    title: 'Invoice',
    colour: '#d93a1b',
    number: 'Invoice no.',
    dateLabel: 'Please pay by',
    dateValue: '22 January 2026',
    workLabel: 'Work done',
    workValue: 'December 2025',
    total: 'To be paid',
    note: 'Thank you. Please pay to the account below and name the invoice number.',
  },
  '07-receipt': {
    title: 'Receipt',
    colour: '#121c2f',
    number: 'For invoice no.',
    dateLabel: 'Paid on',
    dateValue: '19 January 2026',
    workLabel: 'Work done',
    workValue: 'December 2025',
    total: 'Paid',
    note: 'Received with thanks. Nothing is left to be paid for this invoice.',
  },
}

/** Every file of the Paperwork Kit, as it lies in the archive. */
export function paperworkEntries(): Entry[] {
  const folder = import.meta.dirname
  const texts = globSync('**/*.{md,csv}', { cwd: folder }).map((path) => ({
    path: `paperwork-kit/${path}`,
    bytes: readFileSync(`${folder}/${path}`),
  }))
  const pages = Object.keys(bills).map((name) => ({
    path: `paperwork-kit/documents/${name}.html`,
    bytes: billPage(name),
  }))
  return [...texts, ...pages]
}

/** A quote, invoice or receipt that does its own sums, as one HTML page. */
export function billPage(name: string): string {
  return Object.entries(bills[name] ?? {}).reduce((page, [key, value]) => page.replaceAll(`{{${key}}}`, value), bill)
}
