import type { Affiliate } from './product.ts'

/** Books that the shop recommends and Amazon sells. */
export const affiliate: Affiliate[] = [
  {
    type: 'affiliate',
    slug: 'the-elements-of-typographic-style',
    status: 'published',
    title: 'The Elements of Typographic Style',
    summary: 'Robert Bringhurst on why a page of text works. The book I open when I am sure that I am right.',
    badges: ['From the shelf'],
    category: 'books',
    tags: ['letters', 'on-paper'],
    pictures: [
      {
        filename: 'shelf-letters.jpg',
        alt: 'Our drawing for this recommendation: a dark book with the letters a and g between four lines',
      },
    ],
    asin: '0881792128',
  },
  {
    type: 'affiliate',
    slug: 'interaction-of-color',
    status: 'published',
    title: 'Interaction of Color',
    summary: 'Josef Albers teaches colour by letting you be wrong. Cut paper, one hour, new eyes.',
    badges: ['From the shelf'],
    category: 'books',
    tags: ['colour', 'on-paper'],
    pictures: [
      {
        filename: 'shelf-colour.jpg',
        alt: 'Our drawing for this recommendation: a book of four colour fields, the same grey dot on each of them',
      },
    ],
    asin: '0300179359',
  },
  {
    type: 'affiliate',
    slug: 'grid-systems',
    status: 'published',
    title: 'Grid Systems in Graphic Design',
    summary: 'Josef Müller-Brockmann’s manual of order, in two languages, to follow once and then to break.',
    badges: ['From the shelf'],
    category: 'books',
    tags: ['layout', 'on-paper'],
    pictures: [
      {
        filename: 'shelf-grids.jpg',
        alt: 'Our drawing for this recommendation: a white book with coloured blocks standing in a grid',
      },
    ],
    asin: '3721201450',
  },
]
