import { type Article, outcomeOf } from '../replay/article.ts'
import { figuresOf } from './figures.ts'
import { replay } from './replay.ts'
import { readStory } from './story.ts'

/** The mechanism for projects and enterprises of Shuangyang (双阳区项目服务机制). @throws Error with a sentence about the files */
export function readArticle(folder: string): Article {
  const story = readStory(folder)
  return {
    from: story.year.from,
    play: async (house, options) => {
      const stage = await replay(house, story, options)
      return {
        ...outcomeOf(await figuresOf(stage)),
        pages: [
          ['项目', '/w/projects'],
          ['包保走访', '/w/liaison'],
        ],
        accounts: 'supervisor leader development-head',
      }
    },
  }
}
