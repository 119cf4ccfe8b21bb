import { describeStorms } from './storms.ts'

describeStorms([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
