import { z } from 'zod'
import { EnterpriseId, NeedId, PolicyId } from './brand.ts'
import {
  AnswerNeed,
  ConfirmEntitlement,
  EndPolicy,
  EnterprisePolicies,
  Entitlement,
  entitlementOf,
  NewNeed,
  NewPolicy,
  PayEntitlement,
  PolicyDetail,
  PolicyPreview,
  PolicyRow,
  PolicyRule,
} from './policy.ts'
import { type Route, route } from './route.ts'
import { listOf, text } from './shape.ts'
import { ENTITLEMENT_STATE, idsOf, POLICY_STATE } from './term.ts'

const policyId = z.object({ id: PolicyId })
const enterpriseId = z.object({ id: EnterpriseId })
const act = (name: string, summary: string) =>
  ({
    method: 'POST',
    path: `/api/v1/policies/:id/entitlements/:enterprise/actions/${name}`,
    summary,
    open: 'person',
    status: 200,
    params: entitlementOf,
    response: Entitlement,
  }) as const

/** Policies for enterprises (惠企政策): rules, matching, what is owed and paid, needs. */
export const policyRoutes = {
  policies: route({
    method: 'GET',
    path: '/api/v1/policies',
    summary: '政策库：应享、已享户数和金额',
    open: 'person',
    status: 200,
    query: z.object({ state: z.enum(idsOf(POLICY_STATE)).optional() }),
    response: listOf(PolicyRow),
  }),
  newPolicy: route({
    method: 'POST',
    path: '/api/v1/policies',
    summary: '起草一项政策和它的符合规则',
    open: 'person',
    status: 201,
    body: NewPolicy,
    response: PolicyDetail,
  }),
  policyPreview: route({
    method: 'POST',
    path: '/api/v1/policy-previews',
    summary: '试算：按一条规则有多少企业符合，什么也不保存',
    open: 'person',
    status: 200,
    body: z.strictObject({ rule: PolicyRule }),
    response: PolicyPreview,
  }),
  policy: route({
    method: 'GET',
    path: '/api/v1/policies/:id',
    summary: '一项政策：规则逐条、应享企业、兑现天数、各版',
    open: 'person',
    status: 200,
    params: policyId,
    response: PolicyDetail,
  }),
  newPolicyVersion: route({
    method: 'POST',
    path: '/api/v1/policies/:id/versions',
    summary: '起草下一版',
    open: 'person',
    status: 201,
    params: policyId,
    body: NewPolicy,
    response: PolicyDetail,
  }),
  publishPolicy: route({
    method: 'POST',
    path: '/api/v1/policies/:id/versions/:version/actions/publish',
    summary: '发布（不能发布自己起草的），马上找出应享企业',
    open: 'person',
    status: 200,
    params: policyId.extend({ version: z.coerce.number().int().positive() }),
    response: PolicyDetail,
  }),
  endPolicy: route({
    method: 'POST',
    path: '/api/v1/policies/:id/actions/end',
    summary: '停止执行，写明原因；已符合的照样兑现',
    open: 'person',
    status: 200,
    params: policyId,
    body: EndPolicy,
    response: PolicyDetail,
  }),
  entitlements: route({
    method: 'GET',
    path: '/api/v1/entitlements',
    summary: '应享和已享清单逐户',
    open: 'person',
    status: 200,
    query: z.object({ state: z.enum(idsOf(ENTITLEMENT_STATE)).optional(), policy: PolicyId.optional() }),
    response: listOf(Entitlement),
  }),
  offerPolicy: route(act('offer', '告知企业可以享受')),
  confirmEntitlement: route({ ...act('confirm', '企业确认享受和收款账户末四位'), body: ConfirmEntitlement }),
  declineEntitlement: route({ ...act('decline', '企业放弃，记下原因'), body: z.strictObject({ reason: text(300) }) }),
  payEntitlement: route({ ...act('pay', '登记兑现：日期、金额、凭证'), body: PayEntitlement }),
  enterprisePolicies: route({
    method: 'GET',
    path: '/api/v1/enterprises/:id/policies',
    summary: '一户企业能享受什么、为什么、缺哪家的数据；它的需求',
    open: 'person',
    status: 200,
    params: enterpriseId,
    response: EnterprisePolicies,
  }),
  newNeed: route({
    method: 'POST',
    path: '/api/v1/enterprises/:id/needs',
    summary: '记下企业的一项需求',
    open: 'person',
    status: 201,
    params: enterpriseId,
    body: NewNeed,
    response: EnterprisePolicies,
  }),
  answerNeed: route({
    method: 'POST',
    path: '/api/v1/enterprise-needs/:id/actions/answer',
    summary: '需求已满足或不需要了',
    open: 'person',
    status: 200,
    params: z.object({ id: NeedId }),
    body: AnswerNeed,
    response: EnterprisePolicies,
  }),
} satisfies Record<string, Route>
