import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { type Project, refreshProjects } from './query.ts'

/** Sends a change of a project once; its page and everything that follows from it is asked for anew. */
export const useProjectAct = <B>(send: (body: B, key: string) => Promise<Project>, done: string, close: () => void) =>
  useSubmission(send, {
    done: () => {
      announce(done)
      refreshProjects()
      close()
    },
  })
