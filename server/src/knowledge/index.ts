export { putKnowledge } from './from-file.ts'
export { knowledgeRoutes } from './knowledge.routes.ts'
export { countUses, getPublic, likelyAnswers, lookUp, vote } from './offered.ts'
export { review, reviewWatch } from './review.ts'
