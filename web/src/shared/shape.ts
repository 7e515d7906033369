import type { Answer } from './api.ts'

/** Shapes of the answers the desk works with, taken from the contract's routes. */
export type CaseAnswer = Answer<'getCase'>
export type Kase = CaseAnswer['case']
export type Clock = CaseAnswer['clocks'][number]
export type Action = CaseAnswer['actions'][number]
export type Row = Answer<'cases'>['items'][number]
/** A row of the ledger: a case, a period of a duty, a target or a task. */
export type LedgerItem = Answer<'ledger'>['items'][number]
export type Event = Answer<'caseEvents'>['items'][number]
export type Related = Answer<'relatedCases'>['items'][number]
export type CaseType = Answer<'caseTypes'>['items'][number]
export type Session = Answer<'session'>
export type Import = Answer<'getImport'>
export type Light = Row['light']
export type Remaining = NonNullable<Row['remaining']>
