import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { m4a, mp3, ogg, wav, webm } from './sounds.ts'
import { storyteller } from './story.ts'
import { upload } from './upload.ts'
import { type World, world } from './world.ts'

let w: World
before(async () => {
  w = await world()
})
after(() => w.close())
const { get, must } = storyteller(() => w)
const send = (data: Buffer, name = '录音') => upload(w, null, '/api/v1/public/attachments', { name, data })

/** The portal's form as a browser without scripts sends it. */
async function submit(parts: readonly (readonly [name: string, value: string | Buffer])[]) {
  const { body } = await w.call(null, 'GET', '/r')
  const token = /name="token" value="([^"]+)"/.exec(String(body))?.[1] ?? ''
  const edge = 'edge'
  const chunks = [['token', token] as const, ...parts].flatMap(([name, value]) => [
    Buffer.from(
      `--${edge}\r\ncontent-disposition: form-data; name="${name}"${typeof value === 'string' ? '' : '; filename="note.bin"'}\r\n\r\n`,
    ),
    typeof value === 'string' ? Buffer.from(value) : value,
    Buffer.from('\r\n'),
  ])
  return w.raw({
    ...{ method: 'POST', url: '/r', payload: Buffer.concat([...chunks, Buffer.from(`--${edge}--\r\n`)]) },
    headers: { 'content-type': `multipart/form-data; boundary=${edge}` },
  })
}

test('a recording is known by its content and measured in every container that tells its length', async () => {
  const rows = [
    ['audio/webm', webm],
    ['audio/ogg', ogg],
    ['audio/mpeg', mp3],
    ['audio/mp4', m4a],
    ['audio/wav', wav],
  ] as const
  for (const [mediaType, make] of rows) {
    const short = await send(make(59), '假装是照片.jpg')
    assert.equal(short.status, 201, `${mediaType}: ${JSON.stringify(short.body)}`)
    assert.equal(short.body.mediaType, mediaType)
    assert.doesNotMatch(short.body.name, /jpg$/)
    const long = await send(make(75))
    assert.equal(long.body.code, 'voice.too_long', mediaType)
    assert.match(long.body.detail, /7[456] 秒，最长 60 秒/)
  }
})

test('a film, a torn file and a text are no voice note', async () => {
  assert.equal((await send(webm(5, true))).body.code, 'voice.video')
  assert.equal((await send(m4a(5).subarray(0, 60))).body.code, 'voice.unreadable')
  assert.equal((await send(webm(5).subarray(0, 30))).body.code, 'voice.unreadable')
  assert.equal((await send(Buffer.from('这不是录音'))).body.code, 'file.kind')
})

test('who does not write speaks: the form takes a recording without words, and it can be heard on the case', async () => {
  const spoken = webm(8)
  const reply = await submit([
    ['kind', 'appeal'],
    ['content', ''],
    ['voice', spoken],
  ])
  assert.equal(reply.status, 200, String(reply.body).slice(0, 500))
  const number = /\/q\/(SQ\d+)\?/.exec(String(reply.body))?.[1] ?? ''
  const { case: kase } = await get(number)
  assert.equal(kase.content, '语音反映，内容请听录音')
  const [file] = kase.attachments
  assert.equal(file.mediaType, 'audio/webm')
  const cookie = await w.cookie('clerk')
  const heard = await w.raw({ method: 'GET', url: file.url, headers: { cookie } })
  assert.deepEqual(heard.raw, spoken, 'evidence is kept as it was spoken')
  assert.equal((await w.call(null, 'GET', file.url)).status, 404, 'nobody else hears it')
})

test('a recording that is too long is refused in words, beside its field, and what was written is kept', async () => {
  const reply = await submit([
    ['content', '三号楼路灯不亮'],
    ['voice', ogg(90)],
  ])
  assert.equal(reply.status, 422)
  assert.match(String(reply.body), /id="voice-why">这段录音有 90 秒，最长 60 秒/)
  assert.match(String(reply.body), />三号楼路灯不亮<\/textarea>/)
  const nothing = await submit([['content', '']])
  assert.match(String(nothing.body), /内容不能为空/)
})

test('reports that were only spoken are alike in nothing: not grouped, not hot, not similar, and nothing is learned of them', async () => {
  await w.app.jobs.runAll()
  const numbers: string[] = []
  for (const street of ['迎宾路12号', '迎宾路14号', '迎宾路16号']) {
    const reply = await submit([
      ...([
        ['content', ''],
        ['address', street],
        ['phone', `1380000${1000 + numbers.length}`],
      ] as const),
      ['voice', webm(6)],
    ])
    numbers.push(/\/q\/(SQ\d+)\?/.exec(String(reply.body))?.[1] ?? '')
  }
  const [first = '', second = '', third = ''] = numbers
  for (const number of [first, second]) await w.act('clerk', number, 'accept', { category: 'pipe' })
  await w.act('dispatcher', first, 'dispatch', { leadUnitId: await w.unit('water') })
  const alike = await must('clerk', 'GET', `/api/v1/cases/${(await get(third))['case'].id}/similar`)
  assert.deepEqual([alike['similar'], alike['categories']], [[], []])
  const { items: hot } = await must('leader', 'GET', '/api/v1/hot-issues?days=7&least=2')
  assert.deepEqual(hot, [])
  const run = await w.call('dispatcher', 'POST', '/api/v1/groupings', {})
  assert.equal(run.body.code, 'grouping.empty', JSON.stringify(run.body))
  const pool = await must('dispatcher', 'GET', '/api/v1/opinions')
  for (const number of numbers)
    assert.ok(
      pool['items'].some((one: { number: string }) => one.number === number),
      'who listens may merge them',
    )
})
