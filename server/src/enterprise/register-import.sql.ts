import type { EnterpriseId, NewEnterprise } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** An enterprise of the register, as an import compares it. */
export interface KnownEnterprise {
  readonly id: EnterpriseId
  readonly name: string
  readonly uscc: string | null
  readonly usccConfirmedBy: string | null
  readonly divisionCode: string | null
  readonly industry: string | null
  readonly chain: string | null
  readonly registeredOn: string | null
  readonly address: string | null
  readonly partyOrganisation: NewEnterprise['partyOrganisation']
  readonly partyMembers: number
  readonly partyInstructor: string | null
  readonly figuresClass: NewEnterprise['figuresClass']
  readonly updatedAt: Date | null
  readonly years: NonNullable<NewEnterprise['years']>
  readonly contacts: number
}
/** The enterprises with these names or codes. */
export const listKnown = (tx: Tx, names: readonly string[], codes: readonly string[]) =>
  tx.run<KnownEnterprise>(sql`
    select t.id, t.name, t.uscc, e.uscc_confirmed_by, t.division_code, e.industry, e.chain, e.registered_on, e.address,
      e.party_organisation, coalesce(e.party_members, 0) as party_members, e.party_instructor,
      coalesce(e.figures_class, 'bound') as figures_class, e.updated_at,
      (select coalesce(jsonb_agg(jsonb_build_object('year', y.year, 'size', y.size, 'aboveScale', y.above_scale, 'staff', y.staff, 'source', y.source) order by y.year desc), '[]')
        from enterprise_year y where y.tenant_id = t.tenant_id and y.enterprise_id = t.id) as years,
      (select count(*) from liaison_contact c where c.tenant_id = t.tenant_id and c.target_id = t.id) as contacts
    from liaison_target t left join enterprise e on e.tenant_id = t.tenant_id and e.id = t.id
    where t.tenant_id = ${tx.tenant} and t.kind = 'enterprise' and (t.name = any(${[...names]}::text[]) or t.uscc = any(${[...codes]}::text[]))`)

/** Those of some division codes that the district has. */
export const listDivisions = async (tx: Tx, codes: readonly string[]) =>
  (
    await tx.run<{ code: string }>(
      sql`select code from division where tenant_id = ${tx.tenant} and code = any(${[...codes]}::text[])`,
    )
  ).map(({ code }) => code)
