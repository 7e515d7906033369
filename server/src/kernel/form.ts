import type { FastifyRequest } from 'fastify'
import { Fault } from './fault.ts'

/** A form with a file: its fields by name, and the file. */
export interface FileForm {
  readonly fields: Readonly<Record<string, string>>
  readonly upload: { readonly name: string; readonly data: Buffer }
}

const TABLE_BYTES = 10 * 1024 * 1024

/**
 * Reads a form with one file whole (随文件提交的表单); of several the last is meant.
 * @param fileBytes what a file may weigh; ten megabytes, a large table, unless told otherwise
 * @throws Fault 'file.missing' where there is none or it is empty
 */
export async function fileFormOf(request: FastifyRequest, fileBytes = TABLE_BYTES): Promise<FileForm> {
  if (!request.isMultipart()) throw new Fault('file.missing')
  const fields: Record<string, string> = {}
  let upload: FileForm['upload'] | undefined
  for await (const part of request.parts({ limits: { fileSize: fileBytes } })) {
    if (part.type === 'file') upload = { name: part.filename, data: await part.toBuffer() }
    else fields[part.fieldname] = String(part.value)
  }
  if (upload === undefined || upload.data.length === 0) throw new Fault('file.missing')
  return { fields, upload }
}
