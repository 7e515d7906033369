import { FORUM_KIND } from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { useDrives } from '../drives/query.ts'
import { Link } from '../link.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { ForumTable } from './forum-table.tsx'
import type { Forum } from './query.ts'
import '../page/page.css'
import '../drives/drives.css'

const KEEPERS = ['clerk', 'dispatcher', 'window', 'supervisor', 'leader', 'head'] as const

/** Forums, leaders at the window, field research, visits (座谈调研). */
export function ForumsPage({ session }: { readonly session: Session }) {
  const [open, setOpen] = useState<Forum | 'new'>()
  useTitle('座谈调研')
  const keeps = KEEPERS.some((role) => session.roles.includes(role))
  const close = () => setOpen(undefined)
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>座谈调研</h1>
        {keeps && (
          <button type="button" className="button button-small button-primary" onClick={() => setOpen('new')}>
            登记一场
          </button>
        )}
      </header>
      <p className="page-lead">
        座谈会、领导坐窗口、一线调研、走访各记一场；会上听到的每条意见登记为诉求，和其他渠道一样交办、答复。
      </p>
      {open && (
        <ForumForm
          key={open === 'new' ? 'new' : open.id}
          forum={open === 'new' ? undefined : open}
          unit={session.unitId}
          close={close}
        />
      )}
      <ForumTable
        act={(forum) => (
          <span className="row-acts">
            <Link to={`/w/new?forum=${forum.id}`} className="button button-small">
              登记意见
            </Link>
            {keeps && (
              <button type="button" className="button button-small" onClick={() => setOpen(forum)}>
                修改
              </button>
            )}
          </span>
        )}
      />
    </div>
  )
}

const draftOf = (forum: Forum | undefined, unit: string | null) => ({
  kind: forum?.kind ?? ('forum' as const),
  title: forum?.title ?? '',
  heldOn: forum?.heldOn ?? dayOf(new Date()),
  place: forum?.place ?? '',
  unitIds: (forum?.units.map(({ id }) => id) ?? (unit === null ? [] : [unit])) as readonly string[],
  audience: forum?.audience ?? '',
  presidedBy: forum?.presidedBy ?? '',
  driveId: forum?.drive?.id as string | undefined,
  note: forum?.note ?? '',
})

interface ForumFormProps {
  readonly forum: Forum | undefined
  readonly unit: string | null
  readonly close: () => void
}
function ForumForm({ forum, unit, close }: ForumFormProps) {
  const [draft, setDraft] = useState(() => draftOf(forum, unit))
  const { data: drives, isPending } = useDrives()
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Parameters<typeof api<'newForum'>>[1]['body'], key) =>
      forum === undefined ? api('newForum', { body, key }) : api('editForum', { params: { id: forum.id }, body, key }),
    {
      done: ({ title }) => {
        announce(`已保存“${title}”`)
        void queryClient.invalidateQueries({ queryKey: ['forums'] })
        close()
      },
    },
  )
  const ready = draft.title.trim() !== '' && draft.unitIds.length > 0 && draft.heldOn !== ''
  const title = forum === undefined ? '登记一场' : `修改“${forum.title}”`
  return (
    <PanelForm
      title={title}
      ready={ready}
      sending={save}
      close={close}
      submit={() => {
        const { driveId, unitIds, ...rest } = draft
        save.mutate({ ...rest, unitIds: [...unitIds], driveId: driveId ?? null })
      }}
    >
      <SelectField label="类别" value={draft.kind} set={set('kind')} words={FORUM_KIND} />
      <PlainField label="名称" value={draft.title} set={set('title')} maxLength={80} placeholder="如：村民代表座谈会" />
      <PlainField label="日期" type="date" value={draft.heldOn} set={set('heldOn')} />
      <PlainField label="地点" optional value={draft.place} set={set('place')} maxLength={200} />
      <Labelled label="牵头单位">
        {({ id }) => <UnitPicker id={id} multiple chosen={draft.unitIds} choose={set('unitIds')} />}
      </Labelled>
      <PlainField
        label="参加人"
        optional
        value={draft.audience}
        set={set('audience')}
        maxLength={100}
        placeholder="如：村民代表"
      />
      <PlainField label="主持人" optional value={draft.presidedBy} set={set('presidedBy')} maxLength={60} />
      <Labelled label="征集活动" optional>
        {({ id }) => (
          <Combobox
            {...{ id, loading: isPending, placeholder: '属于哪次集中征集' }}
            options={(drives?.items ?? []).map((one) => ({
              value: one.id,
              label: one.title,
              hint: `${one.from} 起`,
            }))}
            chosen={draft.driveId ? [draft.driveId] : []}
            choose={([one]) => set('driveId')(one)}
          />
        )}
      </Labelled>
      <PlainField label="备注" optional value={draft.note} set={set('note')} maxLength={1000} />
    </PanelForm>
  )
}
