import type { Direct } from './product.ts'

/** Not for sale: one that is still being made and one whose time is over, whose buyers keep their download. */
export const offShelf: Direct[] = [
  {
    type: 'direct',
    slug: 'rain-rooms',
    status: 'draft',
    title: 'Rain Rooms',
    summary: 'Five loops for indoors, as rain would play them.',
    unitAmount: 1600,
    badges: ['Sound'],
    category: 'sounds',
    tags: ['ambient', 'loops'],
    pictures: [
      {
        filename: 'rain-rooms.jpg',
        alt: 'A record with a pink label leaving its grey-blue sleeve, on which four windows show a morning',
      },
    ],
    downloads: [],
  },
  {
    type: 'direct',
    slug: 'year-planner-2025',
    status: 'retired',
    title: 'Year planner 2025',
    summary: 'A window for each month and every day of 2025 on one sheet of A3.',
    unitAmount: 700,
    badges: ['Poster', 'A3'],
    category: 'prints',
    tags: ['windows', 'to-print'],
    pictures: [
      {
        filename: 'year-planner-2025.jpg',
        alt: 'A calendar sheet for 2025 with twelve arched windows, on a yellow table',
      },
    ],
    downloads: [{ slot: 'print', filename: 'year-planner-2025-a3.pdf', contentType: 'application/pdf' }],
  },
]
