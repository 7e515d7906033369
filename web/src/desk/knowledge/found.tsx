import { useEffect, useState } from 'react'
import { useKnowledgeNear } from '../../shared/query.ts'
import './knowledge.css'

const PAUSE_MS = 400

/** The words as they are once the typing pauses. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** What the knowledge base knows about the words being typed (知识库查到), so that the person hears it at once. */
export function KnowledgeFound({ text }: { readonly text: string }) {
  const { data } = useKnowledgeNear(useSettled(text))
  const items = data?.items ?? []
  if (items.length === 0 || text.trim() === '') return null
  return (
    <section className="knowledge-found" aria-label="知识库查到">
      <h2>知识库查到</h2>
      {items.map((entry) => (
        <details key={entry.id}>
          <summary>{entry.title}</summary>
          <p className="answer-text">{entry.text}</p>
          <p className="muted">
            {[entry.owner, entry.source, entry.expiresOn && `至 ${entry.expiresOn}`].filter(Boolean).join(' · ')}
          </p>
        </details>
      ))}
    </section>
  )
}
