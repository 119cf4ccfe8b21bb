import { Hono } from 'hono'
import { z } from 'zod'
import { type FaultBoard, FaultWish } from './faults.ts'

/** `PUT /faults` sets one, or ends it with count 0; `GET /faults` lists what is still to go wrong. `POST /people/faults` is the page's form. */
export function createFaultRoutes(faults: FaultBoard): Hono {
  const routes = new Hono()
  routes.get('/faults', (context) => context.json({ faults: faults.list() }))
  routes.put('/faults', async (context) => {
    const wish = FaultWish.safeParse(await context.req.json().catch(() => undefined))
    if (!wish.success) {
      return context.json({ error: { code: 'invalid_input', message: z.prettifyError(wish.error) } }, 400)
    }
    faults.put(wish.data)
    return context.json({ faults: faults.list() })
  })
  routes.post('/people/faults', async (context) => {
    const form = await context.req.parseBody()
    const asked = form.end ? { mode: form.end, count: 0 } : { mode: form.mode, count: Number(form.count) }
    const wish = FaultWish.safeParse({ service: form.service, ...asked })
    if (!wish.success) return context.text(z.prettifyError(wish.error), 400)
    faults.put(wish.data)
    return context.redirect('/#faults', 303)
  })
  return routes
}
