import type { Config } from '@netlify/functions'
import { endpoint } from '../adapters/endpoint.ts'
import { readBody } from '../adapters/request-body.ts'
import { readVisitor } from '../adapters/visitor.ts'
import { ClickReport } from '../shop/affiliates/click-report.ts'
import { noteClick } from '../shop/affiliates/note-click.ts'

/** Counts a click on a link that leads to the other shop at once, where affiliate.linkMode is `direct`. No address is kept, no cookie set. */
export default endpoint({
  POST: async (request, app, context) => {
    const { slug } = await readBody(request, ClickReport, app.siteUrl)
    await noteClick(app, { slug, visitor: readVisitor(request), address: context.ip })
    return new Response(null, { status: 204 })
  },
})

export const config: Config = { path: '/log_click' }
