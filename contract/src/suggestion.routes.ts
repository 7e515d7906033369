import { z } from 'zod'
import { type Route, route } from './route.ts'
import {
  Draft,
  DraftRequest,
  PublicSimilar,
  PublicSimilarRequest,
  Suggestion,
  SuggestionRequest,
  SuggestionState,
} from './suggestion.ts'

const idOrNumber = z.object({ id: z.string().min(1).max(40) })

/** Suggestions at intake, similar cases, drafts. */
export const suggestionRoutes = {
  suggest: route({
    method: 'POST',
    path: '/api/v1/suggestions',
    summary: '登记时的建议：类别、单位、紧急程度、是否反映过',
    open: 'person',
    status: 200,
    body: SuggestionRequest,
    response: Suggestion,
  }),
  similarCases: route({
    method: 'GET',
    path: '/api/v1/cases/:id/similar',
    summary: '某事项的建议和类似事项',
    open: 'person',
    status: 200,
    params: idOrNumber,
    response: Suggestion,
  }),
  suggestionState: route({
    method: 'GET',
    path: '/api/v1/suggestions/state',
    summary: '建议的学习进度',
    open: 'person',
    status: 200,
    response: SuggestionState,
  }),
  publicSimilar: route({
    method: 'POST',
    path: '/api/v1/public/similar',
    summary: '附近的类似情况（不含他人内容）',
    open: 'anyone',
    status: 200,
    body: PublicSimilarRequest,
    response: PublicSimilar,
  }),
  draftText: route({
    method: 'POST',
    path: '/api/v1/cases/:id/draft',
    summary: '机器草稿：摘要或答复（默认关闭）',
    open: 'person',
    status: 200,
    params: idOrNumber,
    body: DraftRequest,
    response: Draft,
  }),
} as const satisfies Record<string, Route>
