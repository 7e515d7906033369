import { z } from 'zod'

/** Ids are uuidv7 made in the app; a brand keeps a unit's id from being passed as a person's. */
const id = <B extends string>(brand: B) => z.uuid().brand(brand).meta({ description: brand })

export const CaseId = id('CaseId')
export type CaseId = z.infer<typeof CaseId>
export const UnitId = id('UnitId')
export type UnitId = z.infer<typeof UnitId>
export const PersonId = id('PersonId')
export type PersonId = z.infer<typeof PersonId>
export const PartyId = id('PartyId')
export type PartyId = z.infer<typeof PartyId>
export const BlobId = id('BlobId')
export type BlobId = z.infer<typeof BlobId>
export const ImportId = id('ImportId')
export type ImportId = z.infer<typeof ImportId>

export const ChannelId = id('ChannelId')
export type ChannelId = z.infer<typeof ChannelId>
export const DriveId = id('DriveId')
export type DriveId = z.infer<typeof DriveId>
export const SheetId = id('SheetId')
export type SheetId = z.infer<typeof SheetId>
export const ForumId = id('ForumId')
export type ForumId = z.infer<typeof ForumId>

export const ObligedBodyId = id('ObligedBodyId')
export type ObligedBodyId = z.infer<typeof ObligedBodyId>
export const PublicNoticeId = id('PublicNoticeId')
export type PublicNoticeId = z.infer<typeof PublicNoticeId>
export const PublicTextId = id('PublicTextId')
export type PublicTextId = z.infer<typeof PublicTextId>
export const MediaItemId = id('MediaItemId')
export type MediaItemId = z.infer<typeof MediaItemId>

export const LiaisonTargetId = id('LiaisonTargetId')
export type LiaisonTargetId = z.infer<typeof LiaisonTargetId>
export const LiaisonId = id('LiaisonId')
export type LiaisonId = z.infer<typeof LiaisonId>
export const NormalTrackId = id('NormalTrackId')
export type NormalTrackId = z.infer<typeof NormalTrackId>
export const QuotaId = id('QuotaId')
export type QuotaId = z.infer<typeof QuotaId>
export const VisitId = id('VisitId')
export type VisitId = z.infer<typeof VisitId>
export const CadenceRuleId = id('CadenceRuleId')
export type CadenceRuleId = z.infer<typeof CadenceRuleId>
export const ObligationId = id('ObligationId')
export type ObligationId = z.infer<typeof ObligationId>
export const CadenceExemptionId = id('CadenceExemptionId')
export type CadenceExemptionId = z.infer<typeof CadenceExemptionId>
export const CampaignId = id('CampaignId')
export type CampaignId = z.infer<typeof CampaignId>
export const PlanId = id('PlanId')
export type PlanId = z.infer<typeof PlanId>
export const PlanFieldId = id('PlanFieldId')
export type PlanFieldId = z.infer<typeof PlanFieldId>
export const TargetId = id('TargetId')
export type TargetId = z.infer<typeof TargetId>
export const TargetObjectId = id('TargetObjectId')
export type TargetObjectId = z.infer<typeof TargetObjectId>
export const CheckInId = id('CheckInId')
export type CheckInId = z.infer<typeof CheckInId>
export const TaskId = id('TaskId')
export type TaskId = z.infer<typeof TaskId>
export const ContactPlanId = id('ContactPlanId')
export type ContactPlanId = z.infer<typeof ContactPlanId>
export const DoNotDisturbId = id('DoNotDisturbId')
export type DoNotDisturbId = z.infer<typeof DoNotDisturbId>
export const AskId = id('AskId')
export type AskId = z.infer<typeof AskId>

export const MeetingId = id('MeetingId')
export type MeetingId = z.infer<typeof MeetingId>
export const DecisionId = id('DecisionId')
export type DecisionId = z.infer<typeof DecisionId>
export const InstructionId = id('InstructionId')
export type InstructionId = z.infer<typeof InstructionId>
export const RosterPostId = id('RosterPostId')
export type RosterPostId = z.infer<typeof RosterPostId>
export const RosterEntryId = id('RosterEntryId')
export type RosterEntryId = z.infer<typeof RosterEntryId>
export const RosterSwapId = id('RosterSwapId')
export type RosterSwapId = z.infer<typeof RosterSwapId>
export const OnCallLogId = id('OnCallLogId')
export type OnCallLogId = z.infer<typeof OnCallLogId>
export const OvertimeId = id('OvertimeId')
export type OvertimeId = z.infer<typeof OvertimeId>
export const SpendingId = id('SpendingId')
export type SpendingId = z.infer<typeof SpendingId>

export const DisbursementId = id('DisbursementId')
export type DisbursementId = z.infer<typeof DisbursementId>
export const FinancingId = id('FinancingId')
export type FinancingId = z.infer<typeof FinancingId>
export const WhitelistId = id('WhitelistId')
export type WhitelistId = z.infer<typeof WhitelistId>
export const QualityRequestId = id('QualityRequestId')
export type QualityRequestId = z.infer<typeof QualityRequestId>

/** An enterprise (企业) and a project (项目) are targets of liaison with a sheet of their own; the id is the target's. */
export const EnterpriseId = LiaisonTargetId.meta({ description: 'EnterpriseId' })
export type EnterpriseId = LiaisonTargetId
export const ProjectId = LiaisonTargetId.meta({ description: 'ProjectId' })
export type ProjectId = LiaisonTargetId

export const PlatformPersonId = id('PlatformPersonId')
export type PlatformPersonId = z.infer<typeof PlatformPersonId>

export const PromiseId = id('PromiseId')
export type PromiseId = z.infer<typeof PromiseId>
export const PromisePaymentId = id('PromisePaymentId')
export type PromisePaymentId = z.infer<typeof PromisePaymentId>

export const PolicyId = id('PolicyId')
export type PolicyId = z.infer<typeof PolicyId>
export const NeedId = id('NeedId')
export type NeedId = z.infer<typeof NeedId>

/** Tenant (租户): one district. A small integer, first in every key. */
export const TenantId = z.number().int().positive().brand('TenantId')
export type TenantId = z.infer<typeof TenantId>

/** Instant: ISO 8601 with offset. */
export const Instant = z.iso.datetime({ offset: true }).meta({ description: 'ISO 8601 with offset' })
/** Day (日): a local date of the district, `YYYY-MM-DD`. */
export const Day = z.iso.date()
