import { useId } from 'react'
import { Icon } from '../../shared/icon.tsx'
import type { VisitFile } from './visit-outbox.ts'

const MOST = 6
const LONGEST_SIDE = 1600
const QUALITY = 0.8

interface VisitFilesProps {
  readonly files: readonly VisitFile[]
  readonly set: (files: readonly VisitFile[]) => void
}
/** Photos and a voice note of a visit (照片、录音): they stay on the device until the visit is sent. */
export function VisitFiles({ files, set }: VisitFilesProps) {
  const label = useId()
  const add = async (given: FileList | null) => {
    const added = await Promise.all([...(given ?? [])].slice(0, MOST - files.length).map(lightened))
    set([...files, ...added])
  }
  return (
    <fieldset className="field visit-files" aria-labelledby={label}>
      <span className="field-label" id={label}>
        照片、录音<span className="optional">选填</span>
      </span>
      {files.length > 0 && (
        <ul className="chips">
          {files.map((file, i) => (
            <li key={`${file.name} ${i + 1}`} className="chip">
              {file.name}
              <button
                type="button"
                aria-label={`去掉 ${file.name}`}
                onClick={() => set(files.filter((_, at) => at !== i))}
              >
                <Icon name="close" size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {files.length < MOST && (
        <span className="row-acts">
          <Add word="拍照" accept="image/*" add={add} />
          <Add word="录音（60 秒以内）" accept="audio/*" add={add} />
        </span>
      )}
    </fieldset>
  )
}

const Add = ({
  word,
  accept,
  add,
}: {
  readonly word: string
  readonly accept: string
  readonly add: (given: FileList | null) => Promise<void>
}) => (
  <label className="button">
    {word}
    <input
      type="file"
      accept={accept}
      multiple={accept.startsWith('image')}
      className="sr-only"
      onChange={(event) => {
        const field = event.target
        void add(field.files).then(() => {
          field.value = ''
        })
      }}
    />
  </label>
)

/** A photo as small as a bad network needs it, and without the place where it was taken; what cannot be redrawn goes as it is. */
async function lightened(file: File): Promise<VisitFile> {
  const asIs = { name: file.name, data: file, id: null }
  if (!file.type.startsWith('image/')) return asIs
  const picture = await createImageBitmap(file).catch(() => undefined)
  const canvas = document.createElement('canvas')
  const brush = canvas.getContext('2d')
  if (picture === undefined || brush === null) return asIs
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const data = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY))
  return data === null ? asIs : { ...asIs, data }
}
