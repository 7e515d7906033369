import type { District, UnitId } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { putFileEntries } from './knowledge.sql.ts'

/** Loads the answers of a district file (地区文件) as approved entries. One without a last day holds until somebody gives it one. */
export const putKnowledge = (tx: Tx, { answers }: District, unit: (code: string) => UnitId) =>
  putFileEntries(
    tx,
    answers.map(({ id, title, text, topicId, ownerUnitId, kind, phrasings, source, sourceUrl, ...rest }) => ({
      ...{ id, title, text, kind: kind ?? 'question', phrasings: phrasings ?? [], category: topicId ?? null },
      ...{ ownerUnitId: ownerUnitId == null ? null : unit(ownerUnitId), source: source ?? null },
      ...{ sourceUrl: sourceUrl ?? null, validFrom: rest.validFrom ?? null, expiresOn: rest.expiresOn ?? null },
      public: rest.public ?? true,
    })),
  )
