import { CHANNEL, CHANNEL_STATUS } from '@banjie/contract'
import { useState } from 'react'
import { Icon } from '../../shared/icon.tsx'
import type { Session } from '../../shared/shape.ts'
import { OwedBox } from '../duties/owed-box.tsx'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { ChannelForm } from './channel-form.tsx'
import { type ChannelRecord, type Register, useChannels, type Wanted } from './query.ts'
import { TestForm } from './test-form.tsx'
import '../page/page.css'
import './channels.css'

const KEEPERS = ['clerk', 'dispatcher', 'supervisor', 'admin'] as const
type Open = { readonly what: 'edit' | 'test'; readonly channel: ChannelRecord | undefined }

/** The register of channels (渠道台账): each with its owner, its hours and whether the last test got through. */
export function ChannelsPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const wanted = wantedOf(place.query)
  const owed = place.query.get('owed')
  const narrowed = Object.keys(wanted).length > 0
  const { data: all } = useChannels()
  const { data, error, isPending, refetch } = useChannels(wanted)
  const [open, setOpen] = useState<Open>()
  useTitle('渠道台账')
  const keeps = KEEPERS.some((role) => session.roles.includes(role))
  const purposes = (all?.counts.byPurpose ?? []).flatMap(({ purpose }) => purpose ?? [])
  const close = () => setOpen(undefined)
  return (
    <div className="page page-wide">
      <header className="page-head">
        <h1>渠道台账</h1>
        <div className="page-acts">
          <a className="button button-small" href="/open/channels" target="_blank" rel="noopener">
            <Icon name="open" size={14} />
            公开页
          </a>
          {keeps && (
            <button
              type="button"
              className="button button-small button-primary"
              onClick={() => setOpen({ what: 'edit', channel: undefined })}
            >
              登记渠道
            </button>
          )}
        </div>
      </header>
      {owed !== null && <OwedBox id={owed} />}
      {open?.what === 'edit' && (
        <ChannelForm key={open.channel?.id ?? 'new'} channel={open.channel} purposes={purposes} close={close} />
      )}
      {open?.what === 'test' && open.channel && <TestForm key={open.channel.id} channel={open.channel} close={close} />}
      {all && <Counts counts={all.counts} />}
      {all && all.items.length > 0 && <Narrow counts={all.counts} wanted={wanted} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={10} className="skeleton-table" />}
      {data?.items.length === 0 && (
        <EmptyView
          action={
            narrowed ? (
              <Link to="/w/channels" className="button">
                看全部渠道
              </Link>
            ) : (
              keeps && (
                <button type="button" className="button" onClick={() => setOpen({ what: 'edit', channel: undefined })}>
                  登记第一个渠道
                </button>
              )
            )
          }
        >
          {narrowed ? '没有符合条件的渠道。' : '还没有登记渠道。'}
        </EmptyView>
      )}
      {data && data.items.length > 0 && (
        <TableSection
          {...{ title: narrowed ? '符合条件的渠道' : '全部渠道', count: data.items.length, empty: '' }}
          head={['渠道', '责任单位', '在哪里、何时', '状态', '下次测试', '件数', '']}
          counts={['件数']}
        >
          {data.items.map((channel) => (
            <Row key={channel.id} channel={channel} keeps={keeps} open={setOpen} />
          ))}
        </TableSection>
      )}
    </div>
  )
}

function wantedOf(query: URLSearchParams): Wanted {
  const [kind, purpose, state] = [query.get('kind'), query.get('purpose'), query.get('state')]
  return {
    ...(kind !== null && kind in CHANNEL && { kind: kind as keyof typeof CHANNEL }),
    ...(purpose !== null && { purpose }),
    ...((state === 'failing' || state === 'testOverdue') && { state }),
  }
}

const Counts = ({ counts: { total, open, failing, testOverdue } }: Pick<Register, 'counts'>) => (
  <FigureList
    label="渠道个数"
    figures={[
      { label: '渠道', value: total, unit: '个', to: '/w/channels' },
      { label: '开放', value: open, unit: '个' },
      { label: '失灵', value: failing, unit: '个', bad: failing > 0, to: '/w/channels?state=failing' },
      { label: '逾期未测', value: testOverdue, unit: '个', bad: testOverdue > 0, to: '/w/channels?state=testOverdue' },
    ]}
  />
)

/** How many there are of each kind and purpose; choosing one narrows the list. */
function Narrow({ counts, wanted }: Pick<Register, 'counts'> & { readonly wanted: Wanted }) {
  const place = usePlace()
  const chip = (key: 'kind' | 'purpose', value: string, label: string, count: number) => (
    <button
      key={value}
      type="button"
      className="chip"
      aria-pressed={wanted[key] === value}
      onClick={() => go(withQuery(place, { [key]: wanted[key] === value ? null : value }), { replace: true })}
    >
      {label} {count}
    </button>
  )
  return (
    <div className="channel-narrow">
      <div className="chips">
        <span className="muted">类别</span>
        {counts.byKind.map(({ kind, label, count }) => chip('kind', kind, label, count))}
      </div>
      {counts.byPurpose.some(({ purpose }) => purpose !== null) && (
        <div className="chips">
          <span className="muted">用途</span>
          {counts.byPurpose.flatMap(({ purpose, count }) =>
            purpose === null ? [] : chip('purpose', purpose, purpose, count),
          )}
        </div>
      )}
    </div>
  )
}

interface RowProps {
  readonly channel: ChannelRecord
  readonly keeps: boolean
  readonly open: (what: Open) => void
}
function Row({ channel, keeps, open }: RowProps) {
  const { id, name, kind, unit, person, place, hours, purpose, cases } = channel
  return (
    <tr>
      <td>
        <span className="channel-name">
          <b>{name}</b>
          <span>{[CHANNEL[kind], purpose].filter(Boolean).join(' · ')}</span>
        </span>
      </td>
      <td>
        <span className="channel-name">
          <span className="is-plain">{unit.name}</span>
          {person && <span>{person.name}</span>}
        </span>
      </td>
      <td className="channel-place">
        <span className="channel-name">
          <span className="is-plain">{place ?? '—'}</span>
          {hours && <span>{hours}</span>}
        </span>
      </td>
      <td>
        <StatusTag channel={channel} />
      </td>
      <td>
        {channel.nextTestOn ?? '—'} {channel.testOverdue && <span className="tag tag-bad">▲ 逾期</span>}
      </td>
      <td className="is-count">
        {cases === 0 ? 0 : <Link to={`/w/c?channelRecord=${id}`}>{cases.toLocaleString('zh-CN')}</Link>}
      </td>
      <td>
        <span className="row-acts">
          <button type="button" className="button button-small" onClick={() => open({ what: 'test', channel })}>
            测试
          </button>
          {keeps && (
            <button type="button" className="button button-small" onClick={() => open({ what: 'edit', channel })}>
              修改
            </button>
          )}
        </span>
      </td>
    </tr>
  )
}

function StatusTag({ channel: { failing, status, lastTest } }: { readonly channel: ChannelRecord }) {
  if (failing)
    return (
      <span className="tag tag-bad" title={lastTest?.note ?? undefined}>
        ■ 失灵
      </span>
    )
  return <span className={status === 'open' ? 'tag tag-good' : 'tag'}>{CHANNEL_STATUS[status]}</span>
}
