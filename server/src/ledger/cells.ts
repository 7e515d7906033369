import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Fault } from '#kernel/fault'
import { type Grid, kindOf } from './sheet.ts'

/**
 * Reads the cells of an uploaded table in a worker, without writing the file anywhere: it holds what people said about themselves.
 * @throws Fault 'import.kind' | 'file.unreadable'
 */
export async function readCellsInWorker(fileName: string, data: Buffer): Promise<Grid> {
  const kind = kindOf(fileName, data.subarray(0, 512))
  if (kind === undefined || kind === 'jsonl') throw new Fault('import.kind')
  return new Promise<Grid>((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'cells.worker.ts'), {
      workerData: { data: new Uint8Array(data), kind },
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    worker.once('message', resolve)
    worker.once('error', () => reject(new Fault('file.unreadable')))
    worker.once('exit', (code) => code !== 0 && reject(new Fault('file.unreadable')))
  })
}
