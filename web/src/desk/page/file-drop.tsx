import { Icon } from '../../shared/icon.tsx'

interface FileDropProps {
  /** What to choose, until something is chosen. */
  readonly label: string
  readonly hint: string
  readonly accept: string
  readonly chosen: File | undefined
  readonly busy: boolean
  readonly choose: (file: File) => void
}

/** A large place to choose a file (选择文件); the same file may be chosen again after it was put right. */
export function FileDrop({ label, hint, accept, chosen, busy, choose }: FileDropProps) {
  return (
    <label className="drop">
      <Icon name="upload" size={28} />
      <b>{busy ? '正在读取…' : (chosen?.name ?? label)}</b>
      <span className="muted">{hint}</span>
      <input
        type="file"
        accept={accept}
        className="sr-only"
        disabled={busy}
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) choose(file)
        }}
      />
    </label>
  )
}
