import { type Article, outcomeOf } from '../replay/article.ts'
import { figuresOf } from './figures.ts'
import { replay } from './replay.ts'
import { readStory } from './story.ts'

/** Money and meetings of the Huainan zone's year (淮南经开区). @throws Error with a sentence about the files */
export function readArticle(folder: string): Article {
  const story = readStory(folder)
  return {
    from: story.told.from,
    play: async (house, options) => {
      const stage = await replay(house, story, options)
      return {
        ...outcomeOf(await figuresOf(stage)),
        pages: [
          ['涉企资金', '/w/funds'],
          ['融资', '/w/financing'],
        ],
        accounts: 'supervisor leader finance-head',
      }
    },
  }
}
