import type { CaseType } from '../engine/case-type.ts'

/**
 * What is found by going there (主动发现、领导调研、座谈、走访、监测): whoever works for the district may bring it in, and it is a case like any other.
 */
export const FINDINGS = {
  by: ['handler', 'head', 'supervisor', 'leader'],
  channels: ['staffFound', 'leaderResearch', 'forum', 'visit', 'monitoring'],
} as const satisfies NonNullable<CaseType['findings']>
