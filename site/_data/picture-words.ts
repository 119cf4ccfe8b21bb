/** What pictures and sounds of a product say once a script makes them more comfortable. */
export const pictureWords = {
  close: 'Close',
  play: 'Play',
  pause: 'Pause',
  position: 'Position',
}
