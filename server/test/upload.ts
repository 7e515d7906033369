import { randomUUID } from 'node:crypto'
import type { Reply, World } from './world.ts'

/** Sends a file as a form does. */
export async function upload(
  w: World,
  account: string | null,
  url: string,
  file: { name: string; data: Buffer | string },
  fields: Record<string, string> = {},
): Promise<Reply> {
  const boundary = randomUUID()
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  )
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
  )
  const payload = Buffer.concat([...parts, head, Buffer.from(file.data), Buffer.from(`\r\n--${boundary}--\r\n`)])
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    ...(account !== null && { cookie: await w.cookie(account) }),
  }
  return w.raw({ method: 'POST', url, payload, headers })
}

export async function importFile(
  w: World,
  file: { name: string; data: Buffer | string },
  commits = true,
  fields: Record<string, string> = {},
  // biome-ignore lint/suspicious/noExplicitAny: the batch as a client reads it
): Promise<any> {
  const { body } = await upload(w, 'clerk', '/api/v1/imports', file, { dryRun: String(!commits), ...fields })
  return settled(w, body.id)
}

/** Waits until the batch rests. */
export async function settled(
  w: World,
  id: string, // biome-ignore lint/suspicious/noExplicitAny: the batch as a client reads it
): Promise<any> {
  for (;;) {
    const { body } = await w.call('clerk', 'GET', `/api/v1/imports/${id}`)
    if (!['reading', 'committing'].includes(body.state)) return body
    await new Promise((done) => setTimeout(done, 30))
  }
}
