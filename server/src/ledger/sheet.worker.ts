import { parentPort, workerData } from 'node:worker_threads'
import { type kindOf, readSheet } from './sheet.ts'

/** Reads a table outside the server's thread: a large workbook must not make a citizen wait. */
const { path, kind } = workerData as { path: string; kind: NonNullable<ReturnType<typeof kindOf>> }
parentPort?.postMessage(readSheet(path, kind))
