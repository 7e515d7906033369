import type { App } from '../../server/src/app.ts'
import type { Stage } from './stage.ts'
export interface Figure {
  readonly agrees: boolean
  readonly name: string
}
export async function checkFigures(_: App, stage: Stage): Promise<Figure[]> {
  const drive = await stage.ask('supervisor', 'drive', { params: { id: stage.ids.drive } })
  const { perDay, problems, ...rest } = drive.figures
  console.log(JSON.stringify(rest).slice(0, 3000), problems.length)
  console.log(JSON.stringify(await stage.ask('supervisor', 'goals')).slice(0, 1500))
  return []
}
export const tableOf = (figures: readonly Figure[]) => String(figures.length)
