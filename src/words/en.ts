/**
 * Every text a person reads, in English. Keys are flat; `_one` and `_other` are the plural forms of a `count`.
 * Values are filled into `{{name}}`.
 */
export const en: Record<string, string> = {
  'product.name': 'Throughline',
}
