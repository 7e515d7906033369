import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createTransport, type SendMailOptions } from 'nodemailer'
import sharp from 'sharp'
import { withoutQuote } from '../src/mailbox/take-in.ts'
import { postOffice } from './outside.ts'
import { type Row, storyteller } from './story.ts'
import { type World, world } from './world.ts'

const ADDRESS = 'suqiu@district.example'
let w: World
let office: Awaited<ReturnType<typeof postOffice>>
let port = 0
const { must, at } = storyteller(() => w)
before(async () => {
  office = await postOffice()
  w = await world('2026-03-02T09:30:00+08:00', {
    outlets: {
      ...{ smtpUrl: office.url, mailFrom: 'banjie@district.example' },
      ...{ smsWebhook: undefined, allowLoopback: false },
    },
    mailbox: { host: '127.0.0.1', port: 0, address: ADDRESS },
  })
  port = (await w.app.openMailbox()) ?? 0
})
after(async () => {
  await w.close()
  await office.close()
})

let clock = new Date('2026-03-02T09:30:00+08:00').getTime()
const later = (minutes: number) => {
  clock += minutes * 60_000
  return at(new Date(clock).toISOString())
}
/** Sends a mail as somebody's mail program does. @returns what the mailbox said */
async function send(mail: SendMailOptions): Promise<string> {
  const client = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    return (await client.sendMail({ from: '孙某 <sun@example.cn>', to: ADDRESS, ...mail })).response
  } finally {
    client.close()
  }
}
const numberIn = (said: string) => {
  const [number] = /SQ\d{15}/.exec(said) ?? []
  assert.ok(number, said)
  return number
}
const refused = async (mail: SendMailOptions) => {
  const error = await send(mail).then(
    (said) => assert.fail(said),
    (why: Error & { responseCode?: number; response?: string }) => why,
  )
  return [error.responseCode, error.response] as const
}
const get = (number: string) => must('clerk', 'GET', `/api/v1/cases/${number}`)
const events = async (number: string): Promise<Row[]> =>
  (await must('clerk', 'GET', `/api/v1/cases/${(await get(number))['case'].id}/events`))['items']
const count = async () => (await must('clerk', 'GET', '/api/v1/ledger'))['total'].value
const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Artist: '某人' }, IFD3: { GPSLatitude: '41/1 48/1 0/1' } })
    .jpeg()
    .toBuffer()

test('a mail becomes a case: title, text, photos without their place; its sender only in the party; a receipt goes back', async () => {
  const number = numberIn(
    await send({
      subject: '南塔小区 停水三天',
      text: '三号楼停水三天了。\n请联系 13912345678 孙某',
      attachments: [{ filename: '水管.jpg', content: await photo() }],
    }),
  )
  const { case: kase } = await get(number)
  assert.deepEqual([kase.channel, kase.title, kase.stage], ['mail', '南塔小区 停水三天', 'received'])
  assert.match(kase.content, /三号楼停水三天了。\n请联系 \[电话\] \[姓名\]/)
  assert.equal(kase.attachments.length, 1)
  const { raw } = await w.raw({
    ...{ method: 'GET', url: `/api/v1/attachments/${kase.attachments[0].id}` },
    headers: { cookie: await w.cookie('clerk') },
  })
  assert.equal((await sharp(raw).metadata()).exif, undefined)
  await later(1)
  const [receipt] = office.to('sun@example.cn')
  assert.match(receipt?.subject ?? '', new RegExp(`\\[${number}\\] 已收到您的诉求`))
  assert.match(receipt?.text ?? '', /最迟 3月\d+日/)
  assert.deepEqual(readdirSync(join(w.dataDir, 'mail')), [], 'no mail stays in the folder')
})

test('the same mail sent again gets the same number', async () => {
  const mail = { subject: '噪声', text: '半夜施工', messageId: '<abc@mail.example.cn>' }
  const before = await count()
  const numbers = await Promise.all([send(mail), send(mail)])
  numbers.push(await send(mail))
  assert.equal(new Set(numbers.map(numberIn)).size, 1)
  assert.equal(await count(), before + 1)
})

test('a reply with the number becomes a supplement, whoever else writes the number does not', async () => {
  const from = '周某 <zhou@example.cn>'
  const number = numberIn(await send({ from, subject: '路灯', text: '路灯不亮' }))
  await later(1)
  const receipt = office.to('zhou@example.cn').at(-1)
  const reply = {
    subject: `Re: ${receipt?.subject}`,
    text: '昨晚又灭了两盏。\n\n在 2026年3月2日，办结 写道：\n> 您的诉求已收到。',
    attachments: [{ filename: 'a.jpg', content: await photo() }],
  }
  assert.equal(numberIn(await send({ ...reply, from })), number)
  const last = (await events(number)).at(-1)
  assert.deepEqual([last?.['action'], last?.['input'].text], ['supplement', '昨晚又灭了两盏。'])
  assert.equal((await get(number))['case'].attachments.length, 1)

  const answered = { ...reply, from: 'zhou@work.example', subject: '回复', inReplyTo: receipt?.messageId ?? '' }
  assert.equal(numberIn(await send(answered)), number, 'our own mail’s id proves it without the address')
  const stranger = numberIn(await send({ ...reply, from: 'wu@example.cn' }))
  assert.notEqual(stranger, number)
  assert.equal((await events(number)).filter(({ action }) => action === 'supplement').length, 2)
})

test('a mail with a 40 MB attachment is refused with 552 and a Chinese reason, announced or not, and memory stays small', async () => {
  const before = await count()
  const attachments = [{ filename: '录像.mp4', content: Buffer.alloc(40 * 1024 * 1024, 1) }]
  const [code, why] = await refused({ subject: '录像', text: '见附件', attachments })
  assert.equal(code, 552)
  assert.match(why ?? '', /邮件超过 20 MB，未接收。请压缩照片或分几封发送/)

  const start = held()
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, held() - start)
  }, 100)
  const said = await unannounced(40)
  clearInterval(watch)
  assert.match(said, /^552 .*邮件超过 20 MB/)
  assert.ok(most < 30 * 1024 * 1024, `grew by ${Math.round(most / 1024 / 1024)} MB`)
  assert.equal(await count(), before)
  assert.deepEqual(readdirSync(join(w.dataDir, 'mail')), [])
})

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
/** Bytes in use, garbage aside. */
function held(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** A mail program of its own, so that only the house's memory is measured. It sends megabytes without saying so beforehand, as old ones do. */
const OLD_PROGRAM = `
const socket = require('node:net').connect(Number(process.argv[1]), '127.0.0.1')
const commands = ['EHLO me', 'MAIL FROM:<sun@example.cn>', 'RCPT TO:<' + process.argv[2] + '>', 'DATA']
const megabyte = ('x'.repeat(998) + '\\r\\n').repeat(1048)
function* message() {
  yield 'From: sun@example.cn\\r\\nSubject: large\\r\\n\\r\\n'
  for (let i = 0; i < Number(process.argv[3]); i++) yield megabyte
  yield '\\r\\n.\\r\\n'
}
socket.setEncoding('utf8').on('data', (said) => {
  const last = said.trimEnd().split('\\r\\n').at(-1)
  if (/^[45]/.test(last)) { process.stdout.write(last); socket.destroy() }
  else if (last.startsWith('354')) require('node:stream').Readable.from(message()).pipe(socket, { end: false })
  else socket.write(commands.shift() + '\\r\\n')
})`
/** @returns the last reply */
const unannounced = async (megabytes: number): Promise<string> =>
  (await promisify(execFile)(process.execPath, ['-e', OLD_PROGRAM, String(port), ADDRESS, String(megabytes)])).stdout

test('the size that is taken is announced', async () => {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let said = ''
  socket.on('data', (piece: string) => {
    if (said === '') socket.write('EHLO me\r\n')
    said += piece
    if (/^250 /m.test(said)) socket.end()
  })
  await once(socket, 'close')
  assert.match(said, /^250[- ]SIZE 20971520\r$/m)
})

test('what a mail may not bring is left out, with the reason in the file', async () => {
  const picture = await photo()
  const number = numberIn(
    await send({
      subject: '很多附件',
      html: '<p>见<b>附件</b></p><script>alert(1)</script>',
      attachments: [
        { filename: '查询.exe', content: Buffer.from('MZ') },
        { filename: '情况说明.pdf', content: Buffer.from('%PDF-1.4') },
        { filename: '假照片.jpg', content: Buffer.from('MZ not a photo') },
        ...Array.from({ length: 11 }, (_, i) => ({ filename: `${i}.jpg`, content: picture })),
      ],
    }),
  )
  const { case: kase } = await get(number)
  assert.equal(kase.content, '见附件')
  assert.equal(kase.attachments.length, 8, 'nine were tried and one was no photo')
  const [note] = (await events(number)).filter(({ action }) => action === 'note')
  for (const why of [
    /查询\.exe”是可执行文件/,
    /情况说明\.pdf”不是照片/,
    /假照片\.jpg”不是照片或已损坏/,
    /10\.jpg”超过 9 张/,
  ])
    assert.match(note?.['input'].text, why)
})

test('over-long text goes on in notes; no text takes the subject; nothing at all is refused', async () => {
  const long = numberIn(await send({ subject: '长信', text: `开头${'一'.repeat(5000)}末尾` }))
  assert.equal([...(await get(long))['case'].content].length, 5000)
  assert.match((await events(long)).at(-1)?.['input'].text, /来信正文（续）：一{2}末尾/)
  const bare = numberIn(await send({ subject: '只有标题：井盖丢失', text: '' }))
  assert.equal((await get(bare))['case'].content, '只有标题：井盖丢失')
  const [code, why] = await refused({ subject: '', text: ' ' })
  assert.equal(code, 554)
  assert.match(why ?? '', /邮件没有内容/)
})

test('robots, lists, bounces and ourselves make no case and get no reply', async () => {
  await later(1)
  const before = await count()
  const mails = office.mails.length
  const text = '我正在休假。'
  for (const mail of [
    { headers: { 'Auto-Submitted': 'auto-replied' } },
    { headers: { Precedence: 'bulk' } },
    { headers: { 'List-Id': '<news.example.cn>' } },
    { envelope: { from: '', to: ADDRESS } },
    { from: 'banjie@district.example' },
    { from: ADDRESS },
  ])
    assert.match(await send({ subject: '自动回复', text, ...mail }), /自动邮件/)
  await later(1)
  assert.deepEqual([await count(), office.mails.length], [before, mails])
})

test('two robots that do not say so come to an end: five receipts an hour', async () => {
  for (let i = 0; i < 9; i++) await send({ from: 'robot@example.cn', subject: `第 ${i} 封`, text: `内容 ${i}` })
  await later(1)
  assert.equal(office.to('robot@example.cn').length, 5)
})

test('another mailbox is not here', async () => {
  const [code, why] = await refused({ to: 'someone@elsewhere.example', subject: 'x', text: 'x' })
  assert.equal(code, 550)
  assert.match(why ?? '', /这里只接收发往 suqiu@district\.example 的邮件/)
})

test('of a reply only what the person wrote is kept', () => {
  for (const tail of [
    '在 2026年3月2日，办结 写道：\n> 旧',
    '------------------ 原始邮件 ------------------\n旧',
    'On Mon, 2 Mar 2026 at 09:30, Banjie wrote:\n> old',
    '发件人: 办结 <a@b.cn>\n旧',
  ])
    assert.equal(withoutQuote(`新情况。\n${tail}`), '新情况。')
  assert.equal(withoutQuote('没有引用'), '没有引用')
})
