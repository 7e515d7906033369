import type { FinancingProduct } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { insertProduct, listProducts } from './financing.sql.ts'
import { keeps } from './keeper.ts'

/** Adds a financing product (融资产品) to the dictionary. @throws Fault 'forbidden' | 'finance.product_taken' */
export async function addProduct(tx: Tx, given: FinancingProduct, by: Actor): Promise<FinancingProduct> {
  refuseUnless(keeps(by))
  if (!(await insertProduct(tx, given, by))) throw new Fault('finance.product_taken', await getProduct(tx, given.code))
  const entry = { action: 'newFinancingProduct', objectKind: 'financingProduct', objectId: given.code }
  await audit(tx, by, { ...entry, note: given.label })
  return given
}

/** @throws Fault 'finance.product_unknown' */
export async function getProduct(tx: Tx, product: string) {
  const found = (await listProducts(tx)).find(({ code }) => code === product)
  if (found === undefined) throw new Fault('finance.product_unknown', { product })
  return { ...found }
}
