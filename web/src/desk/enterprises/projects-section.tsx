import { ProjectCard } from '../projects/project-card.tsx'
import { useEnterpriseProjects } from '../projects/query.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../projects/projects.css'

/** The projects of an enterprise (企业的项目). */
export function ProjectsSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterpriseProjects(id)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  return (
    <section className="projects" aria-label="项目">
      <h2>项目</h2>
      {data.items.length === 0 ? (
        <p className="muted">这家企业还没有登记项目。登记项目时选它为业主，就会出现在这里。</p>
      ) : (
        <ul className="project-cards">
          {data.items.map((row) => (
            <ProjectCard key={row.id} row={row} />
          ))}
        </ul>
      )}
    </section>
  )
}
