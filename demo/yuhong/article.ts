import { type Article, outcomeOf } from '../replay/article.ts'
import { figuresOf } from './figures.ts'
import { replay } from './replay.ts'
import { readStory } from './story.ts'

/** The liaison of Yuhong's leaders (于洪区包保走访). @throws Error with a sentence about the files */
export function readArticle(folder: string): Article {
  const story = readStory(folder)
  return {
    from: story.told.from,
    play: async (house, options) => {
      const stage = await replay(house, story, options)
      return {
        ...outcomeOf(await figuresOf(stage)),
        pages: [
          ['活动', `/w/campaigns/${stage.ids.campaign}`],
          ['包保台账', '/w/liaison'],
          ['作风问题清单', `/w/lists/${stage.ids.list.get('rectification')}`],
        ],
        accounts: 'supervisor leader clerk dispatcher caller',
      }
    },
  }
}
