import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DisbursementId, type EnterpriseId, FINANCING_STATE, type UnitId } from '@banjie/contract'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type DisbursementToStore, insertDisbursements, totalDisbursements } from '../src/finance/disbursement.sql.ts'
import { sumFinancings } from '../src/finance/financing.sql.ts'
import { system } from '../src/kernel/actor.ts'
import { newId } from '../src/kernel/id.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

/** Money is added by the database in whole fen: on 10,000 random ledgers it is what exact integers say. */
let w: World
let firm = '' as EnterpriseId
let unit = '' as UnitId
before(async () => {
  w = await world('2026-03-02T09:30:00+08:00')
  const targets = Array.from({ length: LEDGERS / BATCH }, (_, i) => ({ kind: 'enterprise', name: `企业${i}` }))
  firms = (await must('supervisor', 'POST', '/api/v1/liaison-targets/bulk', { targets }))['items'].map(
    (one: Row) => one['id'],
  )
  firm = firms[0] ?? firm
  unit = (await w.unit('water')) as UnitId
})
after(() => w.close())
const { must } = storyteller(() => w)
let firms: EnterpriseId[] = []

const [LEDGERS, BATCH, SEED] = [10_000, 500, 20_260_302]
/** Small, odd and huge amounts; the sum of a ledger still is a safe integer. */
const Fen = fc.oneof(
  fc.integer({ min: 1, max: 9 }),
  fc.integer({ min: 1, max: 2 ** 31 }),
  fc.maxSafeInteger().map((n) => Math.max(1, Math.floor(Math.abs(n) / 16))),
)
const Ledger = fc.array(fc.record({ fen: Fen, voided: fc.boolean() }), { minLength: 1, maxLength: 8 })
const ledgers = fc.sample(Ledger, { seed: SEED, numRuns: LEDGERS })
const batches = Array.from({ length: LEDGERS / BATCH }, (_, i) => ledgers.slice(i * BATCH, (i + 1) * BATCH))
const by = system(new Date('2026-03-02T09:30:00+08:00'))
const nameOf = (i: number) => `账${String(i).padStart(3, '0')}`

test(`disbursements: the totals of ${LEDGERS} ledgers are exact, the voided left out`, async () => {
  let checked = 0
  for (const [b, batch] of batches.entries()) {
    const year = 2001 + b
    const rows = batch.flatMap((ledger, i) =>
      ledger.map(({ fen, voided }, j): DisbursementToStore & { voided: boolean } => ({
        ...{ id: newId<DisbursementId>(), enterpriseId: firm, fen, on: `${year}-0${1 + (j % 9)}-15`, unitId: unit },
        ...{ programme: nameOf(i), voucher: `${b}-${i}-${j}`, voided },
      })),
    )
    const lines = await w.app.store.tx(w.tenant, async (tx) => {
      await insertDisbursements(tx, rows, by)
      const gone = rows.filter(({ voided }) => voided).map(({ id }) => id)
      await tx.run(sql`
        update disbursement set voided_at = ${by.at}, voided_by = '甲', voided_why = '试' where tenant_id = ${tx.tenant} and id = any(${gone}::uuid[])`)
      return totalDisbursements(tx, 'programme', { year })
    })
    const computed = new Map(lines.map((line) => [line.key, line]))
    for (const [i, ledger] of batch.entries()) {
      const counted = ledger.filter(({ voided }) => !voided)
      const exact = counted.reduce((sum, { fen }) => sum + BigInt(fen), 0n)
      assert.equal(BigInt(computed.get(nameOf(i))?.fen ?? 0), exact, `seed ${SEED}, ledger ${b * BATCH + i}`)
      assert.equal(computed.get(nameOf(i))?.rows ?? 0, counted.length)
      checked++
    }
  }
  assert.equal(checked, LEDGERS)
})

test(`financings: what was intended and lent in ${LEDGERS} ledgers is exact`, async () => {
  const codes = Array.from({ length: BATCH }, (_, i) => `p${i}`)
  await w.app.store.tx(w.tenant, (tx) =>
    tx.run(sql`
      insert into financing_product (tenant_id, code, label, by_name, at)
      select ${tx.tenant}, code, code, '甲', ${by.at} from unnest(${codes}::text[]) as code`),
  )
  const states = Object.keys(FINANCING_STATE)
  for (const [b, batch] of batches.entries()) {
    const rows = batch.flatMap((ledger, i) =>
      ledger.map(({ fen, voided }) => ({ id: newId(), code: codes[i], fen, lent: voided ? null : Math.ceil(fen / 2) })),
    )
    const lines = await w.app.store.tx(w.tenant, async (tx) => {
      await tx.run(sql`
        insert into financing (tenant_id, id, enterprise_id, partner, product, state, on_day, intended_fen, approved_fen, lent_fen)
        select ${tx.tenant}, r.id, ${firms[b]}, '行', r.code, case when r.lent is null then ${states[0]} else 'lent' end, '2026-01-01', r.fen, r.lent, r.lent
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, code text, fen bigint, lent bigint)`)
      return sumFinancings(tx, 'product', { enterprise: firms[b] })
    })
    const computed = new Map(lines.map((line) => [line.key, line]))
    for (const [i, ledger] of batch.entries()) {
      const line = computed.get(`p${i}`)
      const lent = ledger.filter(({ voided }) => !voided).reduce((sum, { fen }) => sum + BigInt(Math.ceil(fen / 2)), 0n)
      assert.equal(
        BigInt(line?.intendedFen ?? -1),
        ledger.reduce((sum, { fen }) => sum + BigInt(fen), 0n),
      )
      assert.equal(BigInt(line?.lentFen ?? -1), lent, `seed ${SEED}, ledger ${b * BATCH + i}`)
    }
  }
})
