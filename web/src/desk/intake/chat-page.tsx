import { CHANNEL } from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { groupNumber } from '../../shared/number.ts'
import { refreshLists } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { useChannels } from '../channels/query.ts'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { LeftLines } from './left-lines.tsx'
import { MessageCard } from './message-card.tsx'
import { joinedToAbove, type LeftLine, type Message, messageOfLine, messagesOf, tickedOf } from './messages.ts'
import '../page/page.css'
import './intake.css'

/** Where chats and posts are copied from. */
const KINDS = { wechat: CHANNEL.wechat, media: CHANNEL.media, app: CHANNEL.app, other: CHANNEL.other } as const
const BLANK = { channel: 'wechat' as keyof typeof KINDS, channelId: '', link: '' }
type Filed = Answer<'fileChat'>

/** Paste a chat (粘贴聊天记录): one draft a message; the clerk ticks what is an opinion, and all of them are filed at once. */
export function ChatPage() {
  const [text, setText] = useState('')
  const [source, setSource] = useState(BLANK)
  const [messages, setMessages] = useState<readonly Message[]>()
  const [left, setLeft] = useState<readonly LeftLine[]>([])
  const [filed, setFiled] = useState<Filed>()
  useTitle('聊天记录登记')
  const read = useSubmission((body: Request<'readChat'>['body'], key) => api('readChat', { body, key }), {
    done: (answer) => {
      setMessages(messagesOf(answer))
      setLeft(answer.left)
      announce(`识别出 ${answer.drafts.length} 条消息`)
    },
  })
  const save = useSubmission((body: Request<'fileChat'>['body'], key) => api('fileChat', { body, key }), {
    done: (answer) => {
      setFiled(answer)
      announce(`已登记 ${answer.opened} 件`)
      refreshLists()
    },
  })
  const again = () => {
    setText('')
    setMessages(undefined)
    setFiled(undefined)
  }
  const ticked = tickedOf(messages ?? [])
  const channelId = source.channelId === '' ? {} : { channelId: source.channelId }
  const change = (id: string, more: Partial<Message>) =>
    setMessages((before) => before?.map((one) => (one.id === id ? { ...one, ...more } : one)))
  if (filed) return <Done filed={filed} again={again} />
  return (
    <div className="page intake">
      <header className="page-head">
        <h1>聊天记录登记</h1>
      </header>
      <p className="page-lead">
        把微信群聊天或媒体留言整段粘贴进来，一条消息一件草稿。勾选其中的意见，一次登记；没识别的行列在最后，一行不丢。
      </p>
      <section className="panel panel-grid" aria-label="来源">
        <SelectField
          label="渠道"
          value={source.channel}
          set={(channel) => setSource({ ...source, channel, channelId: '' })}
          words={KINDS}
        />
        <GroupField
          kind={source.channel}
          chosen={source.channelId}
          choose={(value) => setSource({ ...source, channelId: value })}
        />
        <PlainField
          {...{ label: '原帖或截图网页', optional: true, placeholder: 'https://' }}
          value={source.link}
          set={(link) => setSource({ ...source, link })}
        />
      </section>
      <form
        className="intake-paste"
        onSubmit={(event) => {
          event.preventDefault()
          read.mutate({ text: text.trim(), ...channelId })
        }}
      >
        <Labelled label="聊天记录" hint="群里多选消息后复制，或整段转发后复制都可以；图片请另存后在事项里上传。">
          {(field) => (
            <textarea
              {...field}
              className="input textarea"
              rows={messages === undefined ? 12 : 4}
              value={text}
              placeholder={'南塔老李 2026年3月5日 09:12\n三号楼门前路灯不亮'}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Labelled>
        <FaultNotice fault={read.error} />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={text.trim() === '' || read.isPending}>
            {read.isPending ? '正在识别…' : messages === undefined ? '识别' : '重新识别'}
          </button>
        </div>
      </form>
      {messages?.length === 0 && (
        <p className="notice notice-warn" role="status">
          没有认出任何消息。请确认复制时带上了昵称；也可在下面把单独一行另立一件。
        </p>
      )}
      {messages !== undefined && messages.length > 0 && (
        <section aria-label="识别出的消息">
          <h2>
            {messages.length} 条消息 <span className="muted">勾选的是意见，其余不登记</span>
          </h2>
          <ol className="messages">
            {messages.map((message, i) => (
              <MessageCard
                key={message.id}
                message={message}
                change={(more) => change(message.id, more)}
                join={i === 0 ? undefined : () => setMessages((before) => joinedToAbove(before ?? [], message.id))}
              />
            ))}
          </ol>
        </section>
      )}
      {messages !== undefined && (
        <LeftLines
          left={left}
          raise={(line) => {
            setLeft((before) => before.filter((one) => one !== line))
            setMessages((before) => [...(before ?? []), messageOfLine(line)])
          }}
        />
      )}
      <FaultNotice fault={save.error} />
      {messages !== undefined && (
        <footer className="page-foot">
          <button
            type="button"
            className="button button-primary"
            disabled={ticked.length === 0 || save.isPending}
            onClick={() =>
              save.mutate({
                ...{ channel: source.channel, ...channelId, messages: ticked },
                ...(source.link.trim() !== '' && { link: source.link }),
              })
            }
          >
            {save.isPending ? '正在登记…' : `登记勾选的 ${ticked.length} 件`}
          </button>
        </footer>
      )}
    </div>
  )
}

interface GroupFieldProps {
  readonly kind: keyof typeof KINDS
  readonly chosen: string
  readonly choose: (value: string) => void
}
function GroupField({ kind, chosen, choose }: GroupFieldProps) {
  const { data, isPending } = useChannels({ kind })
  return (
    <Labelled label="哪一个群、哪一个号" optional>
      {({ id }) => (
        <Combobox
          {...{ id, loading: isPending, placeholder: '从渠道台账中选' }}
          options={(data?.items ?? [])
            .filter(({ status }) => status === 'open')
            .map((record) => ({ value: record.id, label: record.name, hint: record.unit.name }))}
          chosen={chosen === '' ? [] : [chosen]}
          choose={([value = '']) => choose(value)}
        />
      )}
    </Labelled>
  )
}

const Done = ({ filed, again }: { readonly filed: Filed; readonly again: () => void }) => (
  <div className="page saved">
    <h1>已登记 {filed.opened} 件</h1>
    <ul className="intake-numbers">
      {filed.items.map(({ id, number, known }) => (
        <li key={id}>
          <Link to={`/w/c/${number}`} className="number">
            {groupNumber(number)}
          </Link>
          {known && <span className="tag">此前已登记</span>}
        </li>
      ))}
    </ul>
    <div className="saved-next">
      <button type="button" className="button button-primary" onClick={again}>
        再贴一段
      </button>
    </div>
  </div>
)
