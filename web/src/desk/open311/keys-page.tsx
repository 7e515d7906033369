import { OPEN311_RIGHT, type Open311Right } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { Icon } from '../../shared/icon.tsx'
import { columnText } from '../../shared/moment.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../page/page.css'

type Key = Answer<'open311Keys'>['items'][number]
const RIGHTS = Object.entries(OPEN311_RIGHT) as [Open311Right, string][]
const refresh = () => void queryClient.invalidateQueries({ queryKey: ['open311Keys'] })

/** Keys of the open interface (开放接口密钥): who may file from outside, with what, and until when. */
export function KeysPage() {
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['open311Keys'],
    queryFn: ({ signal }) => api('open311Keys', { signal }),
  })
  useTitle('开放接口')
  return (
    <div className="page">
      <header className="page-head">
        <h1>开放接口</h1>
      </header>
      <p className="page-lead">
        其他单位的小程序、热线等按 Open311 标准接入，地址为 <code>{window.location.origin}/open311/v2/</code>
        。查询公开内容不用密钥；提交诉求须有密钥，每个接入方一把。
      </p>
      <NewKey />
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={4} className="skeleton-text" />}
      {data && (
        <TableSection
          title="密钥"
          count={data.items.length}
          head={['名称', '使用单位', '权限', '每分钟上限', '已提交', '签发', '状态']}
          empty="还没有密钥。有单位要接入时，在上面签发一把。"
        >
          {data.items.map((key) => (
            <KeyRow key={key.id} of={key} />
          ))}
        </TableSection>
      )}
    </div>
  )
}

function NewKey() {
  const [name, setName] = useState('')
  const [owner, setOwner] = useState('')
  const [perMinute, setPerMinute] = useState(60)
  const [rights, setRights] = useState<readonly Open311Right[]>(['file', 'update'])
  const [secret, setSecret] = useState<string>()
  const send = useSubmission(
    (body: Parameters<typeof api<'newOpen311Key'>>[1]['body'], key) => api('newOpen311Key', { body, key }),
    {
      done: (made) => {
        setSecret(made.secret)
        setName('')
        setOwner('')
        refresh()
      },
    },
  )
  const ready = name.trim() !== '' && owner.trim() !== '' && rights.length > 0 && perMinute >= 1 && perMinute <= 1000
  return (
    <section className="panel" aria-label="签发密钥">
      <h2>签发密钥</h2>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) send.mutate({ name: name.trim(), owner: owner.trim(), rights: [...rights], perMinute })
        }}
      >
        <Labelled label="名称" hint="如 随手拍小程序">
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={60}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="使用单位">
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={100}
              value={owner}
              onChange={(event) => setOwner(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label="每分钟上限" hint="1 至 1000 次">
          {(field) => (
            <input
              {...field}
              type="number"
              className="input"
              min={1}
              max={1000}
              value={Number.isNaN(perMinute) ? '' : perMinute}
              onChange={(event) => setPerMinute(event.target.valueAsNumber)}
            />
          )}
        </Labelled>
        <fieldset className="field">
          <legend className="field-label">权限</legend>
          {RIGHTS.map(([right, label]) => (
            <label key={right} className="check">
              <input
                type="checkbox"
                checked={rights.includes(right)}
                onChange={(event) =>
                  setRights(event.target.checked ? [...rights, right] : rights.filter((one) => one !== right))
                }
              />
              {label}
            </label>
          ))}
        </fieldset>
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || send.isPending}>
            签发
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
      {secret !== undefined && <Secret secret={secret} hide={() => setSecret(undefined)} />}
    </section>
  )
}

/** The secret, this once. */
function Secret({ secret, hide }: { readonly secret: string; readonly hide: () => void }) {
  const copy = () =>
    navigator.clipboard?.writeText(secret).then(
      () => announce('密钥已复制'),
      () => announce('没有复制成功，请手动选取密钥', 'bad'),
    )
  return (
    <div className="notice notice-warn" role="status">
      <p>密钥只显示这一次，请现在交给使用单位；遗失的只能吊销后重新签发。</p>
      <p>
        <code style={{ overflowWrap: 'anywhere' }}>{secret}</code>
      </p>
      <div className="panel-acts">
        <button type="button" className="button button-small" onClick={() => void copy()}>
          <Icon name="copy" size={14} />
          复制
        </button>
        <button type="button" className="button button-small button-plain" onClick={hide}>
          已保存，收起
        </button>
      </div>
    </div>
  )
}

function KeyRow({ of: key }: { readonly of: Key }) {
  const revoke = useSubmission((id: string, once) => api('revokeOpen311Key', { params: { id }, key: once }), {
    done: (revoked) => {
      announce(`密钥“${revoked.name}”已吊销`)
      refresh()
    },
    failed: (fault) => announce(fault.message, 'bad'),
  })
  return (
    <tr>
      <td>{key.name}</td>
      <td>{key.owner}</td>
      <td>{key.rights.map((right) => OPEN311_RIGHT[right]).join('、')}</td>
      <td className="is-count">{key.perMinute}</td>
      <td className="is-count">{key.filed.toLocaleString('zh-CN')}</td>
      <td>
        {columnText(key.createdAt)} {key.createdBy}
      </td>
      <td>
        {key.revokedAt === null ? (
          <Confirm label="吊销" busy={revoke.isPending} run={() => revoke.mutate(key.id)}>
            {`“${key.name}”吊销后立即不能提交，也不能恢复；已提交的 ${key.filed} 件照常办理。`}
          </Confirm>
        ) : (
          <span className="tag">
            {columnText(key.revokedAt)} {key.revokedBy}吊销
          </span>
        )}
      </td>
    </tr>
  )
}
