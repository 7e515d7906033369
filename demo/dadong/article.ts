import { type Article, outcomeOf } from '../replay/article.ts'
import { figuresOf } from './figures.ts'
import { replay } from './replay.ts'
import { readStory } from './story.ts'

/** The battle map of Dadong's year (大东区作战图). @throws Error with a sentence about the files */
export function readArticle(folder: string): Article {
  const story = readStory(folder)
  return {
    from: story.plan.publishedOn,
    play: async (house, options) => {
      const stage = await replay(house, story, options)
      return {
        ...outcomeOf(await figuresOf(stage)),
        pages: [['作战图', `/w/plan`]],
        accounts: `supervisor leader ${story.district.units.at(-1)?.id}-handler`,
      }
    },
  }
}
