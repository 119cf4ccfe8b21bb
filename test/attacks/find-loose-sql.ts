import { type ESTree, Visitor } from 'vite'
import type { Module } from '../support/architecture/module.ts'

const SQL =
  /\b(select\b[\s\S]+\bfrom|insert\s+into|update\s+\S+\s+set|delete\s+from|with\s+\w+\s+as\s*\(|(create|alter|drop)\s+(table|index|view|function)|truncate)\s/
/** Where whole statements may be handed on: the adapter that binds the parameters, and migrations, which have none. */
const HANDS_ON = ['adapters/neon.ts', 'cli/dump-schema.ts']

/**
 * SQL that is put together from pieces instead of being one template whose every value is a bound parameter: a template or a sum of texts
 * outside of the tag `db`, the tag called like a function, and the driver's ways round it.
 */
export function findLooseSql({ path, source, program }: Module): string[] {
  const found: string[] = []
  const complain = ({ start }: { start: number }, what: string) =>
    found.push(`${path}:${source.slice(0, start).split('\n').length} ${what}`)
  const bound = new Set<ESTree.Node>()
  const visitor = new Visitor({
    TaggedTemplateExpression: ({ tag, quasi }) => {
      if (isDatabase(tag)) bound.add(quasi)
    },
    TemplateLiteral: (node) => {
      const isLoose = node.expressions.length > 0 && !bound.has(node) && isSql(textOf(node))
      if (isLoose) complain(node, 'puts values into SQL by itself')
    },
    BinaryExpression: (node) => {
      if (node.operator === '+' && [node.left, node.right].some((side) => isSql(textOf(side))))
        complain(node, 'adds pieces of SQL up')
    },
    CallExpression: (node) => {
      if (isDatabase(node.callee)) complain(node, 'calls the database like a function')
      const isHandedOn = nameOf(node.callee) === 'query' && isSql(node.arguments.map((one) => textOf(one)).join(' '))
      if (isHandedOn && !HANDS_ON.includes(path)) complain(node, 'hands a statement to a driver by itself')
    },
    MemberExpression: (node) => {
      if (nameOf(node) === 'unsafe') complain(node, 'uses unsafe()')
    },
  })
  visitor.visit(program)
  return found
}

function isSql(text: string): boolean {
  return SQL.test(`${text} `)
}

function isDatabase(node: ESTree.Node): boolean {
  return node.type === 'Identifier' ? node.name === 'db' : nameOf(node) === 'db'
}

/** The name of the property that is read, as in `app.db`. */
function nameOf(node: ESTree.Node): string {
  return node.type === 'MemberExpression' && node.property.type === 'Identifier' && !node.computed
    ? node.property.name
    : ''
}

/** What of a text is written in the source. */
function textOf(node: ESTree.Node): string {
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.raw).join(' ? ')
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : ''
}
