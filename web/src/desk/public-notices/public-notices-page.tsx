import { ORGANISATION_KIND, PUBLIC_NOTICE_KIND } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { type Answer, api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { queryClient } from '../../shared/query.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { readyText, TextFields, TextForm, useTextDraft } from '../disclosures/text-form.tsx'
import { EarlierTexts, TextBody, WaitingText } from '../disclosures/text-versions.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import '../page/page.css'
import '../disclosures/disclosures.css'

type Notice = Answer<'publicNotices'>['items'][number]
type Audience = keyof typeof ORGANISATION_KIND

const STANDING: Readonly<Record<Notice['standing'], string>> = {
  inForce: '✓ 有效',
  pending: '尚未生效',
  expired: '■ 已过有效期',
  unpublished: '未公开',
  withdrawn: '已撤下',
}
const refresh = () => void queryClient.invalidateQueries({ queryKey: ['publicNotices'] })

/** Notices to kinds of organisations (告知书、倡议书). */
export function PublicNoticesPage({ session }: { readonly session: Session }) {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['publicNotices'],
    queryFn: ({ signal }) => api('publicNotices', { signal }),
  })
  const [drafts, setDrafts] = useState(false)
  useTitle('告知书')
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>告知书与倡议书</h1>
        <div className="page-acts">
          <a className="button button-small" href="/open/notices" target="_blank" rel="noopener">
            <Icon name="open" size={14} />
            公开页
          </a>
          <button type="button" className="button button-small button-primary" onClick={() => setDrafts(true)}>
            拟写
          </button>
        </div>
      </header>
      <p className="page-lead">群团组织向成员发出倡议，部门向企业、商户、学校、村等告知。写好后由另一个人审核公开。</p>
      {drafts && <NoticeForm unit={session.unitId} close={() => setDrafts(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={5} className="skeleton-text" />}
      {data?.items.length === 0 && <EmptyView>还没有告知书。</EmptyView>}
      {data?.items.map((notice) => (
        <NoticeBox key={notice.id} notice={notice} />
      ))}
    </div>
  )
}

function NoticeForm({ unit, close }: { readonly unit: string | null; readonly close: () => void }) {
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<keyof typeof PUBLIC_NOTICE_KIND>('advice')
  const [audiences, setAudiences] = useState<readonly Audience[]>([])
  const [unitId, setUnitId] = useState<string | undefined>(unit ?? undefined)
  const [draft, setDraft] = useTextDraft(undefined)
  const save = useSubmission(
    (body: Parameters<typeof api<'newPublicNotice'>>[1]['body'], key) => api('newPublicNotice', { body, key }),
    {
      done: () => {
        announce(`“${title}”已提交审核`)
        refresh()
        close()
      },
    },
  )
  const words = readyText(draft, false)
  const ready = title.trim() !== '' && audiences.length > 0 && unitId !== undefined && words !== undefined
  const toggle = (id: Audience) =>
    setAudiences(audiences.includes(id) ? audiences.filter((one) => one !== id) : [...audiences, id])
  return (
    <PanelForm
      title="拟写告知书"
      ready={ready}
      sending={save}
      close={close}
      act="提交审核"
      submit={() => {
        if (ready) save.mutate({ ...words, title: title.trim(), kind, audiences: [...audiences], unitId })
      }}
    >
      <PlainField label="标题" value={title} set={setTitle} maxLength={80} placeholder="如：致全区企业的一封信" />
      <SelectField label="类别" value={kind} set={setKind} words={PUBLIC_NOTICE_KIND} />
      <Labelled label="发出单位">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => setUnitId(one)} />}
      </Labelled>
      <fieldset className="group field-wide">
        <legend>给哪些组织</legend>
        <div className="checks">
          {(Object.entries(ORGANISATION_KIND) as [Audience, string][]).map(([id, word]) => (
            <label key={id} className="check">
              <input type="checkbox" checked={audiences.includes(id)} onChange={() => toggle(id)} />
              {word}
            </label>
          ))}
        </div>
      </fieldset>
      <TextFields draft={draft} set={setDraft} corrects={false} />
    </PanelForm>
  )
}

function NoticeBox({ notice }: { readonly notice: Notice }) {
  const [open, setOpen] = useState<'write' | 'withdraw'>()
  const { texts, standing } = notice
  const held = texts.find(({ state }) => state === 'published')
  const waiting = texts.find(({ state }) => state === 'submitted')
  const send = useSubmission(
    (body: Parameters<typeof api<'submitNotice'>>[1]['body'], key) =>
      api('submitNotice', { params: { id: notice.id }, body, key }),
    {
      done: () => {
        announce('新一版已提交审核')
        refresh()
        setOpen(undefined)
      },
    },
  )
  return (
    <section className="box part-box" aria-label={notice.title}>
      <header className="page-head">
        <h2>{notice.title}</h2>
        <span className={standing === 'inForce' ? 'tag tag-good' : 'tag'}>{STANDING[standing]}</span>
      </header>
      <p className="hint">
        {notice.kindLabel} · {notice.unit.name} · 致 {notice.audiences.map(({ label }) => label).join('、')}
      </p>
      {notice.withdrawn && (
        <p>
          {notice.withdrawn.by}撤下：{notice.withdrawn.reason}
        </p>
      )}
      {held && <TextBody text={held} />}
      {waiting && standing !== 'withdrawn' && <WaitingText text={waiting} done={refresh} />}
      <div className="row-acts">
        {notice.may.write && !waiting && (
          <button type="button" className="button button-small" onClick={() => setOpen('write')}>
            {held ? '更正或续期' : '重新提交'}
          </button>
        )}
        {notice.may.withdraw && (
          <button type="button" className="button button-small" onClick={() => setOpen('withdraw')}>
            撤下
          </button>
        )}
      </div>
      {open === 'write' && (
        <TextForm
          {...{ before: held, busy: send.isPending, fault: send.error, close: () => setOpen(undefined) }}
          title="新的一版"
          submit={(draft) => send.mutate(draft)}
        />
      )}
      {open === 'withdraw' && <Withdraw id={notice.id} close={() => setOpen(undefined)} />}
      <EarlierTexts texts={texts.filter((text) => text !== held && text !== waiting)} />
    </section>
  )
}

function Withdraw({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const send = useSubmission(
    (body: Parameters<typeof api<'withdrawNotice'>>[1]['body'], key) =>
      api('withdrawNotice', { params: { id }, body, key }),
    {
      done: ({ title }) => {
        announce(`“${title}”已撤下`)
        refresh()
        close()
      },
    },
  )
  return (
    <form
      className="panel panel-grid"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') send.mutate({ reason: reason.trim() })
      }}
    >
      <PlainField label="为什么撤下" value={reason} set={setReason} maxLength={300} />
      <div className="panel-acts">
        <button type="submit" className="button button-primary" disabled={reason.trim() === '' || send.isPending}>
          确认撤下
        </button>
        <button type="button" className="button" onClick={close}>
          取消
        </button>
      </div>
      <FaultNotice fault={send.error} />
    </form>
  )
}
