import type { Article } from '../replay/article.ts'
export function readArticle(_: string): Article {
  throw new Error('not yet')
}
