import { routes } from '@banjie/contract'
import type { FastifyRequest } from 'fastify'
import type { Engine } from '#case'
import { fileFormOf } from '#kernel/form'
import type { Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { readCellsInWorker } from '#ledger'
import { revealContacts, visitsOf } from '#liaison'
import { casesOf, enterpriseOf, enterprisesOf, refuseUnlessEnterprise } from './enterprise.ts'
import { figuresOf } from './figure.ts'
import { readFigureFile } from './figure-file.ts'
import { importFigures } from './figure-import.ts'
import { growthOf, growthRows } from './growth.ts'
import { editEnterprise, registerEnterprise } from './register.ts'
import { readRegisterFile } from './register-file.ts'
import { importEnterprises } from './register-import.ts'

/** The register of enterprises (企业), their months and what concerns them. */
export function enterpriseRoutes({ serve, serveRaw }: Server, engine: Engine, store: Store): void {
  serve(routes.enterprises, ({ tx, by, query }) => enterprisesOf(tx, query, by))
  serve(routes.newEnterprise, async ({ tx, by, body }) => enterpriseOf(tx, await registerEnterprise(tx, body, by), by))
  serve(routes.enterprise, ({ tx, by, params }) => enterpriseOf(tx, params.id, by))
  serve(routes.editEnterprise, async ({ tx, by, params, body }) => {
    await editEnterprise(tx, params.id, body, by)
    return enterpriseOf(tx, params.id, by)
  })
  serve(routes.revealEnterpriseContacts, async ({ tx, by, params, body }) => {
    await refuseUnlessEnterprise(tx, params.id, by)
    const contacts = await revealContacts(tx, params.id, body.reason, by)
    return {
      items: contacts.map(({ name, role, phone, platform }) => ({
        ...(name !== null && { name }),
        ...(role !== null && { role }),
        ...(phone !== null && { phone }),
        ...(platform && { platform }),
      })),
    }
  })
  serve(routes.enterpriseCases, ({ tx, by, params, query }) => casesOf(tx, engine, params.id, query, by))
  serve(routes.enterpriseVisits, async ({ tx, by, params }) => {
    await refuseUnlessEnterprise(tx, params.id, by)
    return { items: await visitsOf(tx, engine, { target: params.id }, by) }
  })
  serve(routes.enterpriseFigures, ({ tx, by, params }) => figuresOf(tx, params.id, by))
  // Reads the file before it opens a transaction: nobody waits for a spreadsheet.
  serveRaw(routes.importEnterprises, async ({ tenant, by, request }) => {
    const { given, grid } = await tableOf(request)
    const file = readRegisterFile(grid)
    return store.tx(tenant, (tx) => importEnterprises(tx, { ...given, file }, by))
  })
  serveRaw(routes.importEnterpriseFigures, async ({ tenant, by, request }) => {
    const { given, grid } = await tableOf(request)
    const file = readFigureFile(grid)
    return store.tx(tenant, (tx) => importFigures(tx, { ...given, file }, by))
  })
  serve(routes.enterpriseGrowth, ({ tx, by, query }) => growthOf(tx, query, by))
  serve(routes.enterpriseGrowthRows, ({ tx, by, query }) => growthRows(tx, query, by))
}

/** The file of a form, whether it is read on trial, and the rows that were confirmed. @throws Fault 'file.missing' */
async function tableOf(request: FastifyRequest) {
  const { fields, upload } = await fileFormOf(request)
  const confirmed = new Set((fields['confirm'] ?? '').split(',').filter(Boolean).map(Number))
  return {
    given: { fileName: upload.name.slice(0, 200), dryRun: fields['dryRun'] !== 'false', confirmed },
    grid: await readCellsInWorker(upload.name, upload.data),
  }
}
