import { type EnterpriseId, routes, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { invalid } from '#kernel/fault'
import { fileFormOf } from '#kernel/form'
import type { Server } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import { readCellsInWorker } from '#ledger'
import { disburse, disbursementsOf, moneyOf, type PaymentListener, totalsOf, voidDisbursement } from './disbursement.ts'
import { readDisbursementFile } from './disbursement-file.ts'
import { importDisbursements } from './disbursement-import.ts'
import { listProducts } from './financing.sql.ts'
import { figuresOf, financingsOf, intend, moveFinancing } from './financing.ts'
import { getFirm } from './firm.ts'
import { keeps } from './keeper.ts'
import { addProduct } from './product.ts'
import { addProvider, moveRequest, providersOf, requestsOf, takeRequest } from './quality.ts'
import { listWhitelistsOf } from './whitelist.sql.ts'
import { addCandidates, openWhitelist, screenCandidate, whitelistsOf } from './whitelist.ts'

/** Money that reaches enterprises (涉企资金、融资、白名单、质量服务). */
export function financeRoutes({ serve, serveRaw }: Server, store: Store, listeners: readonly PaymentListener[]): void {
  serve(routes.disbursements, ({ tx, by, query }) => disbursementsOf(tx, query, by))
  serve(routes.disbursementTotals, ({ tx, by, query: { by: grouping, ...filter } }) =>
    totalsOf(tx, grouping, filter, by),
  )
  serve(routes.newDisbursement, ({ tx, by, body }) => disburse(tx, body, listeners, by))
  serve(routes.voidDisbursement, ({ tx, by, params, body }) =>
    voidDisbursement(tx, { ...params, ...body }, listeners, by),
  )
  // Reads the file before it opens a transaction: nobody waits for a spreadsheet.
  serveRaw(routes.importDisbursements, async ({ tenant, by, request }) => {
    const { fields, upload } = await fileFormOf(request)
    const unitId = UnitId.safeParse(fields['unitId']).data
    if (unitId === undefined) throw invalid('unitId', 'unit.not_found')
    const file = readDisbursementFile(await readCellsInWorker(upload.name, upload.data))
    const given = { unitId, dryRun: fields['dryRun'] !== 'false' }
    return store.tx(tenant, (tx) =>
      importDisbursements(tx, { ...file, fileName: upload.name.slice(0, 200) }, given, by),
    )
  })
  serve(routes.enterpriseMoney, ({ tx, by, params }) => moneyOf(tx, params.id, by))
  serve(routes.financings, ({ tx, by, query }) => financingsOf(tx, query, by))
  serve(routes.financingFigures, ({ tx, by, query: { by: grouping, ...filter } }) =>
    figuresOf(tx, grouping, filter, by),
  )
  serve(routes.newFinancing, ({ tx, by, body }) => intend(tx, body, by))
  serve(routes.moveFinancing, ({ tx, by, params, body }) => moveFinancing(tx, params.id, body, by))
  serve(routes.financingProducts, async ({ tx }) => ({ items: await listProducts(tx) }))
  serve(routes.newFinancingProduct, ({ tx, by, body }) => addProduct(tx, body, by))
  serve(routes.enterpriseFinancing, ({ tx, by, params }) => financingOf(tx, params.id, by))
  serve(routes.whitelists, async ({ tx, by }) => ({ items: await whitelistsOf(tx, by) }))
  serve(routes.newWhitelist, ({ tx, by, body }) => openWhitelist(tx, body, by))
  serve(routes.addCandidates, ({ tx, by, params, body }) => addCandidates(tx, params.id, body.enterpriseIds, by))
  serve(routes.screenCandidate, ({ tx, by, params, body }) => screenCandidate(tx, params.id, body, by))
  serve(routes.qualityProviders, async ({ tx, by }) => ({ items: await providersOf(tx, by) }))
  serve(routes.newQualityProvider, ({ tx, by, body }) => addProvider(tx, body, by))
  serve(routes.qualityRequests, ({ tx, by, query }) => requestsOf(tx, query, by))
  serve(routes.newQualityRequest, ({ tx, by, body }) => takeRequest(tx, body, by))
  serve(routes.moveQualityRequest, ({ tx, by, params, body }) => moveRequest(tx, params.id, body, by))
}

/** What stands between an enterprise and its money. @throws Fault 'forbidden' | 'finance.enterprise_unknown' */
async function financingOf(tx: Tx, enterprise: EnterpriseId, by: Actor) {
  const { items } = await financingsOf(tx, { enterprise }, by)
  await getFirm(tx, enterprise)
  const figures = await figuresOf(tx, 'product', { enterprise }, by)
  return {
    items,
    lentFen: figures.items.reduce((sum, one) => sum + one.lentFen, 0),
    whitelists: await listWhitelistsOf(tx, enterprise),
    quality: (await requestsOf(tx, { enterprise }, by)).items,
    mayKeep: keeps(by),
  }
}
