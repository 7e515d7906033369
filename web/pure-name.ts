/**
 * Names of the contract whose calls make schemas: the desk's build drops such a call when nothing uses what it returns, so that zod stays on the
 * server. The build goes by name alone: a variable of the desk that has one of these names would lose a call whose result is unused.
 */
export const PURE_NAMES = [
  'z',
  'text',
  'optionalText',
  'listOf',
  'pageOf',
  'route',
  'idsOf',
  'id',
  'label',
  'lines',
  'Value',
]
