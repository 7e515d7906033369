import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { newId } from '#kernel/id'

/**
 * Takes a mail off the wire into a file, a piece at a time, so that a large one fills no memory. What is over the limit is let pass unread: a mail
 * cannot be refused before its end.
 * @returns the file, or undefined if the mail was over the limit
 */
export async function spool(mail: Readable, folder: string, mostBytes: number): Promise<string | undefined> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${newId()}.eml`)
  const file = createWriteStream(path)
  let bytes = 0
  for await (const piece of mail) {
    bytes += (piece as Buffer).length
    if (bytes > mostBytes) file.destroy()
    else if (!file.write(piece)) await new Promise<void>((drained) => file.once('drain', () => drained()))
  }
  if (bytes > mostBytes) {
    await rm(path, { force: true })
    return undefined
  }
  file.end()
  await finished(file)
  return path
}
