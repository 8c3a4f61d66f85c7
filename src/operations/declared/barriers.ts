import * as z from 'zod'
import type { BarrierId, ExplorationId } from '#domain/id.ts'
import { declare } from './declaration.ts'
import { id, instant, line } from './shape.ts'

export const words = line(1000)

/** What stands in the way of an Objective, in somebody's words. */
export const barrier = z.strictObject({
  id: id<BarrierId>(),
  explorationId: id<ExplorationId>(),
  text: z.string(),
  authorId: z.string(),
  createdAt: instant,
  version: z.number(),
})

const one = z.strictObject({ id: id<BarrierId>() })

export const addBarrier = declare({
  name: 'barriers.add',
  method: 'POST',
  path: '/v1/explorations/{id}/barriers',
  params: z.strictObject({ id: id<ExplorationId>() }),
  body: z.strictObject({ text: words }),
  output: barrier,
  status: 201,
  ifMatch: 'none',
})

export const rewordBarrier = declare({
  name: 'barriers.reword',
  method: 'PATCH',
  path: '/v1/barriers/{id}',
  params: one,
  body: z.strictObject({ text: words }),
  output: barrier,
})

/** One that no Key Result names. */
export const removeBarrier = declare({
  name: 'barriers.remove',
  method: 'DELETE',
  path: '/v1/barriers/{id}',
  params: one,
  output: z.strictObject({ id: id<BarrierId>() }),
})
