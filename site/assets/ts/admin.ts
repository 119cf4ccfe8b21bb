import { startFrame } from './admin/frame.ts'
import { VIEWS } from './admin/views.ts'

startFrame(VIEWS)
