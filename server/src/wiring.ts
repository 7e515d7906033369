import type { CalendarBook } from '#calendar'
import { meetingTags, visitTags } from '#campaign'
import {
  appeal,
  type CaseType,
  commitment,
  notice,
  problem,
  proposal,
  reminder,
  request,
  sweepOrder,
  taggable,
  task,
} from '#case'
import { fulfilPlan } from '#contact'
import { tieRaised } from '#enterprise'
import type { PaymentListener } from '#finance'
import { review } from '#knowledge'
import type { VisitListener } from '#liaison'
import type { MeetingListener } from '#meeting'
import { tellOffer } from '#platform'
import { type OfferListener, paidFromFunds } from '#policy'

/** Every case type of the house. */
export const CASE_TYPES: readonly CaseType[] = [
  appeal,
  proposal,
  problem,
  reminder,
  request,
  task,
  notice,
  sweepOrder,
  commitment,
  review,
].map(taggable)

/** Whoever is told of a visit, in the transaction that writes it. */
export const VISIT_LISTENERS: readonly VisitListener[] = [visitTags, { recorded: fulfilPlan }, tieRaised]
/** Whoever is asked about a meeting before it is stored. */
export const MEETING_LISTENERS: readonly MeetingListener[] = [meetingTags]
/** Whoever is told which enterprises were told of a policy. */
export const OFFER_LISTENERS: readonly OfferListener[] = [tellOffer]
/** Whoever is told of a payment to an enterprise. */
export const paymentListeners = (calendars: CalendarBook): readonly PaymentListener[] => [paidFromFunds(calendars)]
