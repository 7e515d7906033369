export {
  type Address,
  type Addressee,
  addFollower,
  countAt,
  dropFollowers,
  findAddressee,
  listAddressees,
  listCountsAt,
  listNumbersOfMail,
} from './address.sql.ts'
export { caseRoutes } from './case.routes.ts'
export { type Cluster, findCluster, streetOf } from './cluster.sql.ts'
export {
  type CatalogueRow,
  countCatalogueVersions,
  findCatalogue,
  findCatalogueRow,
  findTopic,
  listTopics,
  putCatalogue,
  putDictionaries,
  type Topic,
} from './dictionary.sql.ts'
export { emergencyAdvice } from './emergency.ts'
export {
  countTouched,
  dropBatch,
  findCase,
  listClocks,
  listEvents,
  listRelated,
  WRITE_STATEMENT,
} from './engine/case.sql.ts'
export { action, type CaseType, defineCaseType, type Sequel, within } from './engine/case-type.ts'
export { createEngine, type Engine, type Happening, type Listener, stageWord } from './engine/engine.ts'
export { type Sight, sees, sightOf, visible } from './engine/may.ts'
export type { Opening } from './engine/opening.ts'
export { apply, type CaseClock, type CaseEvent, type CaseState, fold } from './engine/state.ts'
export { listOfPhone } from './party.sql.ts'
export { getPublicWords } from './publication.sql.ts'
export { publicWordsOf } from './publication.ts'
export { clusterRuleOf, type Rung, rungAfter, rungOf } from './rules.ts'
export type { CommitmentContent } from './step/draft-commitment.ts'
export { contentOf, refusePersonalWords } from './step/draft-commitment.ts'
export { escalate } from './step/escalate.ts'
export { SALUTATION } from './step/fill-in.ts'
export { handOver } from './step/hand-over.ts'
export { issueNotice } from './step/issue-notice.ts'
export { note } from './step/urge.ts'
export { sweep } from './sweep.ts'
export { tagSetInForce, tagsOf } from './tag.ts'
export { deidentify, placesOf } from './text/deidentify.ts'
export { screen } from './text/emergency.ts'
export { gramsOf, queryGrams } from './text/grams.ts'
export { maskName, maskPersonal, maskPhone } from './text/personal.ts'
export { isOnlySpoken, SPOKEN_WORDS } from './text/spoken.ts'
export { appeal } from './type/appeal.ts'
export { commitment } from './type/commitment.ts'
export { notice } from './type/notice.ts'
export { problem } from './type/problem.ts'
export { proposal } from './type/proposal.ts'
export { reminder } from './type/reminder.ts'
export { request } from './type/request.ts'
export { sweepOrder } from './type/sweep.ts'
export { taggable } from './type/taggable.ts'
export { task } from './type/task.ts'
export { findParty } from './view.sql.ts'
export { caseLight, rowView } from './view.ts'
export { countOfVoices, mergedUnder } from './voice.sql.ts'
export { clusterWatch } from './watch-clusters.ts'
