import { openGallery } from './gallery.ts'
import { openPlayer } from './player.ts'

openGallery()
for (const audio of document.querySelectorAll('audio')) openPlayer(audio)
