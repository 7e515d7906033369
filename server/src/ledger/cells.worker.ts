import { parentPort, workerData } from 'node:worker_threads'
import { readCells } from './sheet.ts'

/** Reads the cells of a file outside the server's thread. */
const { data, kind } = workerData as { data: Uint8Array; kind: Parameters<typeof readCells>[1] }
parentPort?.postMessage(readCells(data, kind))
