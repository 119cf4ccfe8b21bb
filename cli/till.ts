import process from 'node:process'
import { COMMANDS } from './commands/command-table.ts'
import { connectWith, nameShop } from './commands/connect.ts'
import { runTill } from './commands/run-till.ts'
import { openTerminal } from './commands/terminal.ts'

/** `npm run till -- <command>`: the seller's command line. */
const terminal = openTerminal()
const connect = connectWith(terminal)
process.exitCode = await runTill(process.argv.slice(2), { commands: COMMANDS, terminal, connect, nameShop })
