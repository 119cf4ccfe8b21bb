import { QUIET_HOURS_SECONDS } from '../samples.ts'
import type { Direct } from './product.ts'

const pdf = 'application/pdf'
const zip = 'application/zip'

/** What the shop sells itself, in the order of the shelf. */
export const direct: Direct[] = [
  {
    type: 'direct',
    slug: 'small-and-finished',
    status: 'published',
    title: 'Small and Finished',
    summary:
      'A short book about getting one good thing out of the drawer: from first promise to first update in six weeks.',
    unitAmount: 1900,
    badges: ['E-book', 'PDF'],
    category: 'books',
    tags: ['working-alone', 'pdf'],
    pictures: [
      {
        filename: 'small-and-finished.jpg',
        alt: 'A red book with two arched windows on its cover, lying in window light on a pale blue table',
      },
      {
        filename: 'small-and-finished-spread.jpg',
        alt: 'The book open at chapter three, “Make the ugly whole first”, with a green title page and a page of text',
      },
    ],
    samples: [
      {
        kind: 'pdf',
        filename: 'small-and-finished.pdf',
        alt: 'Five of its 33 pages',
        pages: [
          { number: 2, alt: 'The contents: eight chapters, and worksheets' },
          {
            number: 5,
            alt: 'The title of chapter one, “Choose a promise you can keep”, below a window in the morning',
          },
          {
            number: 6,
            alt: 'The first page of chapter one: what a promise is, and three questions that shrink an idea',
          },
          { number: 11, alt: 'The title of chapter three, “Make the ugly whole first”, below a window at noon' },
          {
            number: 12,
            alt: 'The first page of chapter three: what “whole” means, and placeholders that tell the truth',
          },
        ],
      },
    ],
    downloads: [{ slot: 'book', filename: 'small-and-finished.pdf', contentType: pdf }],
  },
  {
    type: 'direct',
    slug: 'casement-display',
    status: 'published',
    title: 'Casement Display',
    summary: 'A bold typeface built from arched windows, for shop fronts, covers and few words at a time.',
    unitAmount: 2900,
    badges: ['Font', 'New'],
    category: 'typefaces',
    tags: ['letters', 'windows'],
    pictures: [
      {
        filename: 'casement-display.jpg',
        alt: 'The letters A and a of Casement Display, very large, in dark blue on yellow',
      },
      {
        filename: 'casement-display-characters.jpg',
        alt: 'Capitals, small letters and figures of the typeface in a grid on dark blue',
      },
      {
        filename: 'casement-display-signs.jpg',
        alt: 'Three signs in the shape of arches, set in the typeface: Bakery open, Room No. 24, Swim more',
      },
    ],
    samples: [
      {
        kind: 'pdf',
        filename: 'casement-display-specimen.pdf',
        alt: 'Three pages of the specimen that comes with it',
        pages: [
          { number: 2, alt: 'The typeface in use, in five sizes: Open shutters, Arches of 1926, Breakfast from 7:30' },
          { number: 3, alt: 'All 184 characters' },
          { number: 4, alt: 'A poster: North light is the same all day, so the eye can rest' },
        ],
      },
    ],
    downloads: [
      { slot: 'font', filename: 'casement-display-bold.otf', contentType: 'font/otf' },
      { slot: 'specimen', filename: 'casement-display-specimen.pdf', contentType: pdf },
    ],
  },
  {
    type: 'direct',
    slug: 'twenty-four-windows',
    status: 'published',
    title: 'Twenty-four windows',
    summary: 'A poster of one day of north light, hour by hour. Print it in A2, or at any size you like.',
    unitAmount: 1200,
    badges: ['Poster', 'A2'],
    category: 'prints',
    tags: ['windows', 'to-print'],
    pictures: [
      {
        filename: 'twenty-four-windows.jpg',
        alt: 'The framed poster on a pink wall: twenty-four arched windows, each with the sky of one hour',
      },
      {
        filename: 'twenty-four-windows-detail.jpg',
        alt: 'Ten of the windows close up: noon to four o’clock above, six to ten in the evening below',
      },
    ],
    samples: [
      {
        kind: 'image',
        filename: 'twenty-four-windows-detail.jpg',
        alt: 'A part of the poster as sharp as it prints: the windows from noon to four',
      },
    ],
    downloads: [
      { slot: 'print', filename: 'twenty-four-windows-a2.pdf', contentType: pdf },
      { slot: 'screen', filename: 'twenty-four-windows.png', contentType: 'image/png' },
    ],
  },
  {
    type: 'direct',
    slug: 'quiet-hours',
    status: 'published',
    title: 'Quiet Hours',
    summary: 'Three ambient loops without a seam, for slow work, films and rooms that are too silent.',
    unitAmount: 1400,
    badges: ['Sound', 'WAV'],
    category: 'sounds',
    tags: ['ambient', 'loops'],
    pictures: [
      {
        filename: 'quiet-hours.jpg',
        alt: 'A record with a yellow label leaving its dark sleeve, on which four windows show the night',
      },
      {
        filename: 'quiet-hours-loops.jpg',
        alt: 'The loudness of the three loops over time, drawn as bars inside three arched windows',
      },
    ],
    samples: [
      {
        kind: 'audio',
        filename: 'quiet-hours.mp3',
        alt: 'Eight seconds of each loop, one fading into the next',
        seconds: QUIET_HOURS_SECONDS,
      },
    ],
    downloads: [
      { slot: 'loops', filename: 'quiet-hours.zip', contentType: zip },
      { slot: 'preview', filename: 'quiet-hours-preview.wav', contentType: 'audio/wav' },
    ],
  },
  {
    type: 'direct',
    slug: 'paperwork-kit',
    status: 'published',
    title: 'Paperwork Kit',
    summary: 'Sixteen documents that take one job from “do you have time?” to “paid, with thanks”.',
    unitAmount: 2400,
    badges: ['Templates'],
    category: 'templates',
    tags: ['working-alone', 'to-print'],
    pictures: [
      { filename: 'paperwork-kit.jpg', alt: 'A quote, an invoice and a receipt fanned out on a red table' },
      { filename: 'paperwork-kit-sums.jpg', alt: 'The lines and the total of the invoice, close up' },
    ],
    downloads: [{ slot: 'kit', filename: 'paperwork-kit.zip', contentType: zip }],
  },
  {
    type: 'direct',
    slug: 'eight-panes',
    status: 'published',
    title: 'Eight Panes',
    summary: 'Eight patterns that repeat without a seam, as SVG and PNG, for paper, cloth and screens.',
    unitAmount: 900,
    badges: ['Patterns', 'SVG'],
    category: 'patterns',
    tags: ['windows', 'svg', 'to-print'],
    pictures: [
      {
        filename: 'eight-panes.jpg',
        alt: 'All eight patterns side by side: arches, panes, petals, scales, moons, shutters, hills and steps',
      },
      {
        filename: 'eight-panes-wrapping.jpg',
        alt: 'Three sheets of wrapping paper with the patterns scales, petals and arcade',
      },
    ],
    downloads: [{ slot: 'patterns', filename: 'eight-panes.zip', contentType: zip }],
  },
  {
    type: 'direct',
    slug: 'small-and-finished-sample',
    status: 'published',
    title: 'Small and Finished: the sample',
    summary: 'The introduction and chapter one, complete and free: choose a promise you can keep.',
    unitAmount: 0,
    badges: ['Free', 'PDF'],
    category: 'books',
    tags: ['working-alone', 'pdf', 'free'],
    pictures: [
      {
        filename: 'small-and-finished-sample.jpg',
        alt: 'A thin red booklet on top of a page of text, on a yellow table',
      },
    ],
    downloads: [{ slot: 'sample', filename: 'small-and-finished-sample.pdf', contentType: pdf }],
  },
]
