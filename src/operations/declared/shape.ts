import * as z from 'zod'
import { isDay, isTimeZone } from '#domain/day.ts'
import { type Decimal, ENTERED, shortest } from '#domain/decimal.ts'

/** No input at all. */
export const nothing = z.strictObject({})

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** An opaque id. What is no id at all is refused here; what names nothing is not found later. */
export function id<Kind extends string>() {
  return z.string().regex(ID, { error: 'field.id' }) as unknown as z.ZodType<Kind, Kind>
}

/** One line of text: trimmed, without control characters, at most `max` characters. */
export function line(max: number) {
  return z
    .string()
    .max(max, { error: `field.too-long:${max}` })
    .refine(isPlain, { error: 'field.control-characters' })
    .transform((text) => text.trim())
    .refine((text) => text !== '', { error: 'field.empty' })
}

/** Several lines, and something in them. */
export function text(max: number) {
  return z
    .string()
    .max(max, { error: `field.too-long:${max}` })
    .refine(isWhole, { error: 'field.control-characters' })
    .transform((given) => given.trim())
    .refine((given) => given !== '', { error: 'field.empty' })
}

/** Several lines; empty means none. */
export function prose(max: number) {
  return z
    .string()
    .max(max, { error: `field.too-long:${max}` })
    .refine(isWhole, { error: 'field.control-characters' })
    .transform((text) => text.trim() || null)
    .nullable()
}

/** An exact decimal: a string, or a number that no conversion has bent. */
export const value = z
  .union([z.string().regex(ENTERED, { error: 'field.decimal' }), z.number()])
  .transform((given, context): Decimal => {
    const text = String(given)
    const exact = typeof given === 'string' || (ENTERED.test(text) && text.replace(/\D/g, '').length <= 15)
    if (exact) return shortest(text)
    context.addIssue({ code: 'custom', message: 'field.decimal-number', input: given })
    return z.NEVER
  })

export const positive = value.refine((given) => !given.startsWith('-') && given !== '0', { error: 'field.positive' })
export const atLeastZero = value.refine((given) => !given.startsWith('-'), { error: 'field.at-least-zero' })

export const day = z.string().refine(isDay, { error: 'field.day' }).meta({ format: 'date' })
export const timeZone = z.string().max(64).refine(isTimeZone, { error: 'field.time-zone' })
export const email = z
  .email({ error: 'field.email' })
  .max(254)
  .transform((text) => text.toLowerCase())
/** Where something is on the web: http or https, nothing that a page would run. */
export const webAddress = line(2000).refine(isWebAddress, { error: 'field.web-address' })
export const externalRef = line(200).nullable()
export const reason = line(2000)

/** So many calls are one change. */
export const CALLS_AT_MOST = 500

/** What a decimal looks like on its way out. */
export const figure = z.string() as unknown as z.ZodType<Decimal, Decimal>
export const instant = z.string()

/** A text of the catalogue, by key, with what is filled into it. */
export const told = z.strictObject({
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).optional(),
})

/** A call that is ready to be sent as it is. */
export const repair = z.strictObject({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown().optional(),
  reason: told,
})

/** A page of a list: newest first where time matters, else by id. */
export const paging = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}

/** As it was known when that day ended; without it, as it is now. */
export const past = { asOf: day.optional() }

export function page<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })
}

function isWhole(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  return text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)
}

function isPlain(text: string): boolean {
  return isWhole(text) && !/[\r\n\t\u2028\u2029]/.test(text.trim())
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text)
}
