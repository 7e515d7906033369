import { linesOf } from '../../form/schema.ts'
import { clockText, columnText, dayText } from '../../shared/moment.ts'
import { useCaseTypes, useCategories, useEvents, useUnits } from '../../shared/query.ts'
import type { Event, Kase } from '../../shared/shape.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'

/** What happened (过程), newest first, in words. */
export function EventTab({ kase }: { readonly kase: Kase }) {
  const { data, error, refetch } = useEvents(kase.number, kase.version)
  const { data: types } = useCaseTypes()
  const { data: units } = useUnits()
  const { data: categories } = useCategories()
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton rows={5} className="skeleton-text" />
  const names: Record<string, string> = {}
  for (const { id, name } of units?.items ?? []) names[id] = name
  for (const { id, label } of categories?.items ?? []) names[id] = label
  if (kase.handler) names[kase.handler.id] = kase.handler.name
  for (const { by } of data.items) if (by.id !== null) names[by.id] = by.name
  const actions = types?.items.find(({ id }) => id === kase.type)?.actions ?? []
  const newestFirst = [...data.items].reverse()
  return (
    <ol className="events">
      {newestFirst.map((event, index) => (
        <EventItem
          key={event.id}
          event={event}
          schema={actions.find(({ name }) => name === event.action)?.input}
          names={names}
          newRound={event.round !== newestFirst[index + 1]?.round && event.round > 1}
        />
      ))}
    </ol>
  )
}

interface EventItemProps {
  readonly event: Event
  readonly schema: Readonly<Record<string, unknown>> | undefined
  readonly names: Readonly<Record<string, string>>
  readonly newRound: boolean
}

function EventItem({ event, schema, names, newRound }: EventItemProps) {
  const visible = event.action === 'note' ? (event.input['public'] === true ? 'public' : 'private') : undefined
  const lines =
    schema === undefined ? [] : linesOf(schema, event.input, names).filter(({ label }) => label !== '诉求人可见')
  return (
    <li className={`event ${visible ? `event-${visible}` : ''}`}>
      <p className="event-head">
        <b>{event.label}</b>
        {visible && (
          <span className={`flag ${visible === 'public' ? 'flag-public' : ''}`}>
            {visible === 'public' ? '诉求人可见' : '内部'}
          </span>
        )}
        {newRound && <span className="flag">第 {event.round} 轮开始</span>}
        <span className="event-by">{[event.by.name, event.by.unit].filter(Boolean).join(' · ')}</span>
        <time dateTime={event.at} title={columnText(event.at)}>
          {dayText(event.at)} {clockText(event.at)}
        </time>
      </p>
      {lines.length > 0 && (
        <dl className="event-lines">
          {lines.map(({ label, text, long }) => (
            <div key={label} className={long ? 'is-long' : ''}>
              <dt>{label}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
