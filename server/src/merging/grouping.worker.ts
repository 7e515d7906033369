import { parentPort, workerData } from 'node:worker_threads'
import { groupTexts, wordsOf } from '#text'
import { type GroupingTask, suggest } from './suggest.ts'

/** Groups texts outside the server's thread: comparing five thousand of them takes seconds, and a citizen must not wait for that. */
parentPort?.postMessage(suggest(workerData as GroupingTask, { group: groupTexts, words: wordsOf }))
