import type { Article } from '../replay/article.ts'
import { checkFigures, tableOf } from './figures.ts'
import { replay } from './replay.ts'
import { readStory } from './story.ts'

/** The drive of Pingfang (平房区集中征集). @throws Error with a sentence about the files */
export function readArticle(folder: string): Article {
  const story = readStory(folder)
  return {
    from: story.drive.from,
    play: async (house, options) => {
      const stage = await replay(house, story, options)
      const figures = await checkFigures(house.app, stage)
      const wrong = figures.filter(({ agrees }) => !agrees).length
      return {
        table: tableOf(figures),
        sum: wrong === 0 ? `${figures.length} 个数字全部一致。` : `${wrong} 个数字不一致。`,
        wrong,
        pages: [
          ['征集活动', `/w/drives/${stage.ids.drive}`],
          ['公开页', `/open/drives/${stage.ids.drive}`],
        ],
        accounts: 'supervisor clerk dispatcher caller leader',
      }
    },
  }
}
