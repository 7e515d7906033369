import { z } from 'zod'
import { BlobId, Day, LiaisonTargetId, NormalTrackId, UnitId, VisitId } from './brand.ts'
import { LiaisonTarget } from './duty.ts'
import { FourOnesQuota, FourOnesSheet, LiaisonGap, NewFourOnesQuota, SetPipeline, VisitRoleRow } from './liaison.ts'
import { AskNormalTrack, NormalTrack, ReturnNormalTrack } from './normal-track.ts'
import { type Route, route } from './route.ts'
import { listOf } from './shape.ts'
import { idsOf, NORMAL_TRACK_STATE } from './term.ts'

const targetId = z.object({ id: LiaisonTargetId })
const trackId = z.object({ id: NormalTrackId })

/** Liaison to its end: roles, quotas, the normal track, what nobody answers for. */
export const liaisonRoutes = {
  visitRoles: route({
    method: 'GET',
    path: '/api/v1/visit-roles',
    summary: '四员四项：每名走访人各有几次',
    open: 'person',
    status: 200,
    query: z.object({ from: Day.optional(), to: Day.optional(), unit: UnitId.optional() }),
    response: listOf(VisitRoleRow),
  }),
  visitAttachment: route({
    method: 'GET',
    path: '/api/v1/visits/:id/attachments/:blob',
    summary: '走访的照片、录音',
    open: 'person',
    status: 200,
    sends: 'binary',
    params: z.object({ id: VisitId, blob: BlobId }),
  }),
  askNormalTrack: route({
    method: 'POST',
    path: '/api/v1/liaison-targets/:id/normal-tracks',
    summary: '企业确认步入正常轨道，申请结束包保',
    open: 'person',
    status: 201,
    params: targetId,
    body: AskNormalTrack,
    response: NormalTrack,
  }),
  normalTracks: route({
    method: 'GET',
    path: '/api/v1/normal-tracks',
    summary: '步入正常轨道的申请',
    open: 'person',
    status: 200,
    query: z.object({ state: z.enum(idsOf(NORMAL_TRACK_STATE)).optional() }),
    response: listOf(NormalTrack),
  }),
  approveNormalTrack: route({
    method: 'POST',
    path: '/api/v1/normal-tracks/:id/actions/approve',
    summary: '批准步入正常轨道：包保与责任至该日为止',
    open: 'person',
    status: 200,
    params: trackId,
    body: z.strictObject({}),
    response: NormalTrack,
  }),
  returnNormalTrack: route({
    method: 'POST',
    path: '/api/v1/normal-tracks/:id/actions/return',
    summary: '退回步入正常轨道的申请',
    open: 'person',
    status: 200,
    params: trackId,
    body: ReturnNormalTrack,
    response: NormalTrack,
  }),
  setPipeline: route({
    method: 'POST',
    path: '/api/v1/liaison-targets/:id/actions/setPipeline',
    summary: '标记项目阶段（谋划、洽谈、落地）',
    open: 'person',
    status: 200,
    params: targetId,
    body: SetPipeline,
    response: LiaisonTarget,
  }),
  fourOnes: route({
    method: 'GET',
    path: '/api/v1/four-ones',
    summary: '四个一：每名领导、每个单位还缺什么',
    open: 'person',
    status: 200,
    query: z.object({ on: Day.optional() }),
    response: FourOnesSheet,
  }),
  newFourOnesQuota: route({
    method: 'POST',
    path: '/api/v1/four-ones-quotas',
    summary: '发布四个一定额的新版本',
    open: 'person',
    status: 201,
    body: NewFourOnesQuota,
    response: FourOnesQuota,
  }),
  liaisonGaps: route({
    method: 'GET',
    path: '/api/v1/liaison-gaps',
    summary: '无人主包保超过若干天的对象',
    open: 'person',
    status: 200,
    query: z.object({ days: z.coerce.number().int().min(0).max(3650).default(3) }),
    response: listOf(LiaisonGap),
  }),
} as const satisfies Record<string, Route>
