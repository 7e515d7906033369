import { at, idIn, inLanes } from '../replay/stage.ts'
import type { Opinion, PlannedSheet } from './opinions.ts'
import { sheetFile } from './sheet-file.ts'
import type { Stage } from './stage.ts'
import { dayOfDrive, lengthOf } from './story.ts'

const LANES = 4
/** When the office files what has come in since. */
const FILED = ['11:00', '14:30', '17:30']
const MOST = 500

/** The drive (集中征集): set up, filled for its days by every way, merged as it comes, and closed with what is open about it said. */
export function planIntake(stage: Stage): void {
  const { story, add, ids, plan } = stage
  const { drive } = story
  const first = dayOfDrive(drive, 1)
  add({ at: at(first, '08:30'), what: '发起征集', run: () => begin(stage) })
  for (const { day, unit, ...issue } of drive.questionnaire.issues)
    add({
      at: at(dayOfDrive(drive, day), '09:10'),
      what: '发放问卷',
      run: async () => {
        const body = { ...issue, unitId: idIn(ids.unit, unit), on: dayOfDrive(drive, day) }
        await stage.ask('clerk', 'issueSheets', { params: { id: ids.drive }, body })
      },
    })
  const days = Array.from({ length: lengthOf(drive) }, (_, i) => dayOfDrive(drive, i + 1))
  const filings = days.flatMap((day) => FILED.map((time) => at(day, time)))
  for (const [filing, some] of Map.groupBy(plan.opinions, ({ receivedAt }) => filings.find((one) => one > receivedAt)))
    if (filing !== undefined)
      add({ at: filing, what: '登记归并', weight: some.length, run: () => fileAndMerge(stage, some) })
  for (const [on, sheets] of Map.groupBy(plan.sheets, (sheet) => sheet.on))
    add({ at: at(on, '16:30'), what: '导入问卷', weight: sheets.length, run: () => importSheets(stage, on, sheets) })
  add({ at: at(drive.steps.sorted, '08:40'), what: '征集结束', run: () => end(stage) })
}

const driveBody = ({ story: { drive }, ids }: Stage, status: 'open' | 'closed') => ({
  ...{ title: drive.title, from: drive.from, to: drive.to, unitId: idIn(ids.unit, drive.unit), status },
  ...{ audience: drive.audience, topics: [...drive.topics], published: true },
  channelIds: [...drive.channels.map(({ id }) => id), drive.questionnaire.channel].map((id) => idIn(ids.channel, id)),
})

async function begin(stage: Stage): Promise<void> {
  const { ask, ids, story } = stage
  const { drive } = story
  for (const { code, id } of (await ask('supervisor', 'channels')).items) if (code) ids.channel.set(code, id)
  ids.drive = (await ask('supervisor', 'newDrive', { body: driveBody(stage, 'open') })).id
  for (const { day, place, presidedBy } of drive.sessions) {
    const heldOn = dayOfDrive(drive, day)
    const body = {
      ...{ kind: 'leaderWindow' as const, title: `领导干部坐窗口（${heldOn}）`, heldOn, place, presidedBy },
      ...{ unitIds: [idIn(ids.unit, 'hall')], audience: drive.audience, driveId: ids.drive },
    }
    ids.session.push((await ask('supervisor', 'newForum', { body })).id)
  }
  const aspects = [...new Set(drive.problems.map(({ aspect }) => aspect))]
  ids.own = (
    await ask('supervisor', 'newProblemList', { body: { kind: 'own', origin: 'own', ...drive.own, aspects } })
  ).id
}

/** What came in is filed, each as a case, and put to its problem the same half day. */
async function fileAndMerge(stage: Stage, opinions: readonly Opinion[]): Promise<void> {
  const { ask, ids } = stage
  const opened: string[] = []
  for (let i = 0; i < opinions.length; i += MOST) {
    const body = { opinions: opinions.slice(i, i + MOST).map((opinion) => filed(stage, opinion)) }
    const { items } = await ask('clerk', 'addOpinions', { params: { id: ids.drive }, body })
    opened.push(...items.map(({ id }) => id))
  }
  await mergeAll(
    stage,
    opinions.map(({ problem }, i) => ({ problem, id: opened[i] ?? '' })),
  )
}

const filed = ({ ids }: Stage, opinion: Opinion) => ({
  ...{ content: opinion.content, divisionCode: opinion.divisionCode, anonymous: opinion.anonymous },
  ...{ receivedAt: opinion.receivedAt.toISOString(), channelId: idIn(ids.channel, opinion.channel) },
  ...{ category: opinion.problem },
  ...(opinion.address !== undefined && { location: { address: opinion.address } }),
  ...(opinion.session !== undefined && { forumId: ids.session[opinion.session] }),
  ...(opinion.phone !== undefined && {
    party: { kind: opinion.enterprise ? ('enterprise' as const) : ('person' as const), phone: opinion.phone },
  }),
})

/** Returned questionnaires are typed into a table and imported: on trial first, as a careful clerk does. */
async function importSheets(stage: Stage, on: string, sheets: readonly PlannedSheet[]): Promise<void> {
  const { ask, ids, story } = stage
  const file = await sheetFile(`${story.drive.title}问卷（${on} 收回）`, sheets)
  for (const dryRun of ['true', 'false']) {
    const form = new FormData()
    form.set('dryRun', dryRun)
    form.set('file', file, `问卷-${on}.xlsx`)
    const { faults } = await ask('clerk', 'importSheets', { params: { id: ids.drive }, form })
    if (faults[0]) throw new Error(`问卷第 ${faults[0].row} 行：${faults[0].detail}`)
  }
  const problemOf = new Map(sheets.flatMap(({ said }) => said.map(({ content, problem }) => [content, problem])))
  const fresh = await unmergedOf(stage)
  await mergeAll(
    stage,
    fresh.map(({ id, content }) => ({ id, problem: problemOf.get(content) ?? '' })),
  )
}

/** What the dispatcher still finds in the pool of the merge desk. */
async function unmergedOf({ ask, ids }: Stage): Promise<{ id: string; content: string }[]> {
  const found: { id: string; content: string }[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = {
      ...{ drive: ids.drive, channel: 'questionnaire', merged: 'open' as const, limit: 200 },
      ...(cursor !== '' && { cursor }),
    }
    const page: { items: { id: string; content: string }[]; nextCursor: string | null } = await ask(
      'dispatcher',
      'opinions',
      { query },
    )
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}

/** Puts opinions to their problems at the merge desk (归并台); a problem is opened on the list with its first voice. */
async function mergeAll(
  stage: Stage,
  opinions: readonly { readonly id: string; readonly problem: string }[],
): Promise<void> {
  const groups = [...Map.groupBy(opinions, ({ problem }) => problem)]
  for (const [problem] of groups) if (!stage.ids.problem.has(problem)) await openProblem(stage, problem)
  await inLanes(groups, LANES, async ([problem, some]) => {
    const into = idIn(stage.ids.problem, problem)
    const begun = await stage.ask('dispatcher', 'newMergeStep', {
      body: { kind: 'attach', ids: some.map(({ id }) => id), into },
    })
    await finished(stage, begun.id)
  })
}

async function openProblem({ ask, ids, story }: Stage, key: string): Promise<void> {
  const problem = story.drive.problems.find(({ id }) => id === key)
  if (problem === undefined) throw new Error(`an opinion of no problem: ${key}`)
  const { title, symptom, aspect } = problem
  const body = {
    ...{ facts: { title, content: symptom, category: key }, aspect, foundBy: 'people' as const },
    reason: '多渠道意见归并',
  }
  const { id } = await ask('supervisor', 'enlist', { params: { id: ids.own }, body })
  ids.problem.set(key, id)
}

const PAUSE_MS = 5
/** Waits until the merge desk has carried a step out. @throws Error with the first opinion that it refused */
async function finished({ ask }: Stage, id: string): Promise<void> {
  for (;;) {
    const { state, failures } = await ask('dispatcher', 'mergeStep', { params: { id } })
    if (failures[0]) throw new Error(`${failures[0].number}: ${failures[0].detail}`)
    if (state === 'done') return
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
}

/** The drive is over: it is closed, what the article states stands beside it, and what the article leaves open is said. */
async function end(stage: Stage): Promise<void> {
  const { ask, ids, story } = stage
  const params = { id: ids.drive }
  await ask('supervisor', 'editDrive', { params, body: driveBody(stage, 'closed') })
  for (const [line, text] of Object.entries(story.drive.notes))
    await ask('supervisor', 'noteDrive', { params: { ...params, line: line as 'total' }, body: { text } })
  for (const claim of story.drive.article) await ask('supervisor', 'claimFigure', { params, body: claim })
}
