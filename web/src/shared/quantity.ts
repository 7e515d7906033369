import { formatQuantity, OUTCOME_QUANTITY, type OutcomeQuantity, QUALIFIER } from '@banjie/contract'

type Told = Pick<OutcomeQuantity, 'kind' | 'value' | 'qualifier'> & Partial<Pick<OutcomeQuantity, 'what' | 'unit'>>

/** Whether a row of a form or an event is an outcome quantity (办理成效) that can be told. */
export function isQuantity(row: Readonly<Record<string, unknown>>): row is Readonly<Record<string, unknown>> & Told {
  const { kind, value, qualifier } = row
  return (
    typeof kind === 'string' &&
    kind in OUTCOME_QUANTITY &&
    /^\d+(\.\d+)?$/.test(String(value)) &&
    (qualifier === undefined || String(qualifier) in QUALIFIER)
  )
}

/** 排污管道 约160米; the kind stands in where nobody said what it is of. */
export function quantityText({ kind, what, value, unit, qualifier = 'exact' }: Told): string {
  const figure = formatQuantity({ kind, value: String(value), qualifier, unit })
  return `${what || OUTCOME_QUANTITY[kind]} ${figure}`
}
