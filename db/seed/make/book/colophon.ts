/** Last page of the e-book. */
export const colophon = `<section class="text colophon"><h2>Colophon</h2>
<p>Written and designed by Mara Lindqvist at North Window. First edition, 2026.</p>
<p>Titles are set in Casement Display, drawn here. Text is set in Literata and labels in Hanken Grotesk, both under the SIL Open Font Licence.</p>
<p><strong>Licence.</strong> This copy is yours: read it on any device, print it, lend the paper. Quote what you like with the title. Please do not post or resell the file.</p>
<p><strong>Mistakes.</strong> Write to hello@example.com. Corrections go into the next edition, and every reader gets it.</p></section>`

/** Last page of the free sample. */
export const aboutTheSample = `<section class="text colophon"><h2>That was the sample</h2>
<p>The whole book has eight chapters and three worksheets: six weeks from a promise to a product on sale, with the price, the page and the year after it.</p>
<p>You will find it in the shop of North Window, under the name <em>Small and Finished</em>.</p>
<p><strong>Licence.</strong> Share this sample with anybody, whole and free of charge.</p></section>`
