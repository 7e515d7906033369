import { useState } from 'react'
import { ApiFault, api } from '../shared/api.ts'
import { Icon } from '../shared/icon.tsx'

interface Uploaded {
  readonly id: string
  readonly name: string
  readonly preview: string | null
}
interface AttachmentsProps {
  readonly id: string
  readonly max: number
  readonly describedBy?: string | undefined
  readonly chosen: readonly string[]
  readonly choose: (ids: readonly string[]) => void
}

/** What this page has uploaded, so that a form opened again shows its photos. */
const uploads = new Map<string, Uploaded>()

/** Photos and voice notes (照片、录音): sent as soon as they are chosen, so that submitting is quick. */
export function Attachments({ id, max, describedBy, chosen, choose }: AttachmentsProps) {
  const [busy, setBusy] = useState(0)
  const [refusal, setRefusal] = useState<string | null>(null)
  const files = chosen.map((one) => uploads.get(one) ?? { id: one, name: '附件', preview: null })
  const add = async (given: readonly File[]) => {
    setRefusal(null)
    const room = given.slice(0, max - files.length)
    setBusy(room.length)
    const results = await Promise.allSettled(room.map(upload))
    setBusy(0)
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    for (const file of done) uploads.set(file.id, file)
    choose([...chosen, ...done.map((file) => file.id)])
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) setRefusal(failed.reason instanceof ApiFault ? failed.reason.message : '文件没有传上去，请再试一次。')
    else if (given.length > room.length) setRefusal(`最多 ${max} 个，多出的没有上传。`)
  }
  return (
    <div className="photos">
      {files.map((file) => (
        <figure key={file.id} className="photo">
          {file.preview === null ? (
            <span className="picture-file">{file.name}</span>
          ) : (
            <img src={file.preview} alt={file.name} />
          )}
          <button
            type="button"
            aria-label={`去掉 ${file.name}`}
            onClick={() => choose(chosen.filter((one) => one !== file.id))}
          >
            <Icon name="close" size={12} />
          </button>
        </figure>
      ))}
      {files.length < max && (
        <label className="photo photo-add">
          <Icon name="upload" />
          <span>{busy > 0 ? `上传 ${busy} 个…` : '添加照片、录音'}</span>
          <input
            id={id}
            type="file"
            accept="image/*,audio/*"
            multiple
            className="sr-only"
            aria-describedby={describedBy}
            onChange={(event) => {
              const given = [...(event.target.files ?? [])]
              event.target.value = ''
              void add(given)
            }}
          />
        </label>
      )}
      {refusal && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
    </div>
  )
}

async function upload(file: File): Promise<Uploaded> {
  const form = new FormData()
  form.append('file', file)
  const { id, name } = await api('attach', { form })
  return { id, name, preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : null }
}
