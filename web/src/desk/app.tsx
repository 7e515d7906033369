import { lazy, Suspense, useEffect } from 'react'
import { useQueues, useSession } from '../shared/query.ts'
import type { Session } from '../shared/shape.ts'
import { CasePage } from './case-page.tsx'
import { Link } from './link.tsx'
import { LoginPage } from './login-page.tsx'
import { mayOpen } from './menu.ts'
import { MenuPage } from './page/menu-page.tsx'
import { QueuePage } from './queue/queue-page.tsx'
import { go, matchPath, usePlace } from './router.ts'
import { Shell } from './shell.tsx'
import { EmptyView, ErrorView, Skeleton } from './state-view.tsx'

const EnterprisesPage = lazy(() =>
  import('./enterprises/enterprises-page.tsx').then((module) => ({ default: module.EnterprisesPage })),
)
const EnterprisePage = lazy(() =>
  import('./enterprises/enterprise-page.tsx').then((module) => ({ default: module.EnterprisePage })),
)
const EnterpriseImportPage = lazy(() =>
  import('./enterprises/enterprise-upload.tsx').then((module) => ({ default: module.EnterpriseImportPage })),
)
const GrowthPage = lazy(() =>
  import('./enterprises/growth-page.tsx').then((module) => ({ default: module.GrowthPage })),
)
const LedgerPage = lazy(() => import('./ledger/ledger-page.tsx').then((module) => ({ default: module.LedgerPage })))
const RegisterPage = lazy(() =>
  import('./register/register-page.tsx').then((module) => ({ default: module.RegisterPage })),
)
const ImportPage = lazy(() => import('./import/import-page.tsx').then((module) => ({ default: module.ImportPage })))
const FiguresPage = lazy(() => import('./figures/figures-page.tsx').then((module) => ({ default: module.FiguresPage })))
const HandoverPage = lazy(() =>
  import('./handover/handover-page.tsx').then((module) => ({ default: module.HandoverPage })),
)
const CalendarPage = lazy(() =>
  import('./calendar/calendar-page.tsx').then((module) => ({ default: module.CalendarPage })),
)
const ReorganisePage = lazy(() =>
  import('./reorganise/reorganise-page.tsx').then((module) => ({ default: module.ReorganisePage })),
)
const KeysPage = lazy(() => import('./open311/keys-page.tsx').then((module) => ({ default: module.KeysPage })))
const ListsPage = lazy(() => import('./lists/lists-page.tsx').then((module) => ({ default: module.ListsPage })))
const ListPage = lazy(() => import('./lists/list-page.tsx').then((module) => ({ default: module.ListPage })))
const CircularPage = lazy(() =>
  import('./lists/circular-page.tsx').then((module) => ({ default: module.CircularPage })),
)
const ChannelsPage = lazy(() =>
  import('./channels/channels-page.tsx').then((module) => ({ default: module.ChannelsPage })),
)
const DrivesPage = lazy(() => import('./drives/drives-page.tsx').then((module) => ({ default: module.DrivesPage })))
const DrivePage = lazy(() => import('./drives/drive-page.tsx').then((module) => ({ default: module.DrivePage })))
const ForumsPage = lazy(() => import('./forums/forums-page.tsx').then((module) => ({ default: module.ForumsPage })))
const ChatPage = lazy(() => import('./intake/chat-page.tsx').then((module) => ({ default: module.ChatPage })))
const TelephonePage = lazy(() =>
  import('./intake/telephone-page.tsx').then((module) => ({ default: module.TelephonePage })),
)
const ExceptionsPage = lazy(() =>
  import('./intake/exceptions-page.tsx').then((module) => ({ default: module.ExceptionsPage })),
)
const KnowledgePage = lazy(() =>
  import('./knowledge/knowledge-page.tsx').then((module) => ({ default: module.KnowledgePage })),
)
const EntryPage = lazy(() => import('./knowledge/entry-page.tsx').then((module) => ({ default: module.EntryPage })))
const OutboxPage = lazy(() => import('./outbox/outbox-page.tsx').then((module) => ({ default: module.OutboxPage })))
const MergePage = lazy(() => import('./merge/merge-page.tsx').then((module) => ({ default: module.MergePage })))
const HotPage = lazy(() => import('./hot/hot-page.tsx').then((module) => ({ default: module.HotPage })))
const DisclosuresPage = lazy(() =>
  import('./disclosures/disclosures-page.tsx').then((module) => ({ default: module.DisclosuresPage })),
)
const DisclosurePage = lazy(() =>
  import('./disclosures/disclosure-page.tsx').then((module) => ({ default: module.DisclosurePage })),
)
const PublicNoticesPage = lazy(() =>
  import('./public-notices/public-notices-page.tsx').then((module) => ({ default: module.PublicNoticesPage })),
)
const MediaPage = lazy(() => import('./media-items/media-page.tsx').then((module) => ({ default: module.MediaPage })))
const DutiesPage = lazy(() => import('./duties/duties-page.tsx').then((module) => ({ default: module.DutiesPage })))
const LiaisonPage = lazy(() => import('./duties/liaison-page.tsx').then((module) => ({ default: module.LiaisonPage })))
const LiaisonTargetPage = lazy(() =>
  import('./duties/liaison-target-page.tsx').then((module) => ({ default: module.LiaisonTargetPage })),
)
const ContactsPage = lazy(() =>
  import('./contacts/contacts-page.tsx').then((module) => ({ default: module.ContactsPage })),
)
const ContactCalendarPage = lazy(() =>
  import('./contacts/contact-calendar-page.tsx').then((module) => ({ default: module.ContactCalendarPage })),
)
const AsksPage = lazy(() => import('./asks/asks-page.tsx').then((module) => ({ default: module.AsksPage })))
const FundsPage = lazy(() => import('./finance/funds-page.tsx').then((module) => ({ default: module.FundsPage })))
const FinancingPage = lazy(() =>
  import('./finance/financing-page.tsx').then((module) => ({ default: module.FinancingPage })),
)
const CampaignsPage = lazy(() =>
  import('./campaigns/campaigns-page.tsx').then((module) => ({ default: module.CampaignsPage })),
)
const CampaignPage = lazy(() =>
  import('./campaigns/campaign-page.tsx').then((module) => ({ default: module.CampaignPage })),
)
const DutyRulesPage = lazy(() =>
  import('./duties/rules-page.tsx').then((module) => ({ default: module.DutyRulesPage })),
)
const VisitsPage = lazy(() => import('./duties/visits-page.tsx').then((module) => ({ default: module.VisitsPage })))
const FourOnesPage = lazy(() =>
  import('./duties/four-ones-page.tsx').then((module) => ({ default: module.FourOnesPage })),
)
const NormalTracksPage = lazy(() =>
  import('./duties/normal-tracks.tsx').then((module) => ({ default: module.NormalTracksPage })),
)
const PlanPage = lazy(() => import('./plan/plan-page.tsx').then((module) => ({ default: module.PlanPage })))
const TaskPage = lazy(() => import('./plan/task-page.tsx').then((module) => ({ default: module.TaskPage })))
const ChangesPage = lazy(() => import('./plan/changes-page.tsx').then((module) => ({ default: module.ChangesPage })))
const OrdersPage = lazy(() => import('./plan/orders-page.tsx').then((module) => ({ default: module.OrdersPage })))
const TargetPage = lazy(() => import('./plan/target-page.tsx').then((module) => ({ default: module.TargetPage })))
const MeetingsPage = lazy(() =>
  import('./meetings/meetings-page.tsx').then((module) => ({ default: module.MeetingsPage })),
)
const MeetingPage = lazy(() =>
  import('./meetings/meeting-page.tsx').then((module) => ({ default: module.MeetingPage })),
)
const MinutesPage = lazy(() =>
  import('./meetings/minutes-page.tsx').then((module) => ({ default: module.MinutesPage })),
)
const InstructionsPage = lazy(() =>
  import('./instructions/instructions-page.tsx').then((module) => ({ default: module.InstructionsPage })),
)
const RosterPage = lazy(() => import('./roster/roster-page.tsx').then((module) => ({ default: module.RosterPage })))
const PlatformPage = lazy(() =>
  import('./platform/platform-page.tsx').then((module) => ({ default: module.PlatformPage })),
)
const ProjectsPage = lazy(() =>
  import('./projects/projects-page.tsx').then((module) => ({ default: module.ProjectsPage })),
)
const PoliciesPage = lazy(() =>
  import('./policies/policies-page.tsx').then((module) => ({ default: module.PoliciesPage })),
)
const PolicyFormPage = lazy(() =>
  import('./policies/policy-form.tsx').then((module) => ({ default: module.PolicyFormPage })),
)
const NeedsPage = lazy(() => import('./policies/needs-page.tsx').then((module) => ({ default: module.NeedsPage })))
const NextVersionPage = lazy(() =>
  import('./policies/policy-form.tsx').then((module) => ({ default: module.NextVersionPage })),
)
const PolicyPage = lazy(() => import('./policies/policy-page.tsx').then((module) => ({ default: module.PolicyPage })))
const PromisesPage = lazy(() =>
  import('./promises/promises-page.tsx').then((module) => ({ default: module.PromisesPage })),
)
const PromisePage = lazy(() =>
  import('./promises/promise-page.tsx').then((module) => ({ default: module.PromisePage })),
)
const BacklogPage = lazy(() =>
  import('./promises/backlog-page.tsx').then((module) => ({ default: module.BacklogPage })),
)
const ProjectPage = lazy(() =>
  import('./projects/project-page.tsx').then((module) => ({ default: module.ProjectPage })),
)
const RulesPage = lazy(() => import('./rules/rules-page.tsx').then((module) => ({ default: module.RulesPage })))

/** Who is here decides what is shown: sign-in, or the desk. */
export function App() {
  const { data: session, error, refetch } = useSession()
  const { path } = usePlace()
  const wantsLogin = path === '/w/login'
  useEffect(() => {
    if (session === null && !wantsLogin)
      go(`/w/login?next=${encodeURIComponent(window.location.pathname + window.location.search)}`, { replace: true })
  }, [session, wantsLogin])
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (session === undefined) return <Skeleton rows={6} className="skeleton-page" />
  if (session === null || wantsLogin) return <LoginPage />
  return (
    <Shell session={session}>
      <Suspense fallback={<Skeleton rows={8} />}>
        <Screen session={session} />
      </Suspense>
    </Shell>
  )
}

function Screen({ session }: { readonly session: Session }) {
  const { path } = usePlace()
  const queue = matchPath('/w/q/:queue', path)?.['queue']
  const number = matchPath('/w/c/:number', path)?.['number']
  if (queue !== undefined) return <QueuePage key={queue} queue={queue} session={session} />
  if (number !== undefined) return <CasePage key={number} number={number} />
  const list = matchPath('/w/lists/:id', path)?.['id']
  const circular = matchPath('/w/lists/:id/circular', path)?.['id']
  if (list !== undefined) return <ListPage key={list} id={list} session={session} />
  if (circular !== undefined) return <CircularPage key={circular} id={circular} session={session} />
  const drive = matchPath('/w/drives/:id', path)?.['id']
  if (drive !== undefined) return <DrivePage key={drive} id={drive} session={session} />
  const disclosure = matchPath('/w/disclosures/:id', path)?.['id']
  if (disclosure !== undefined) return <DisclosurePage key={disclosure} id={disclosure} />
  const entry = matchPath('/w/knowledge/:id', path)?.['id']
  if (entry !== undefined) return <EntryPage key={entry} id={entry} session={session} />
  const liaisonTarget = matchPath('/w/liaison/:id', path)?.['id']
  if (liaisonTarget !== undefined) return <LiaisonTargetPage key={liaisonTarget} id={liaisonTarget} session={session} />
  const enterprise = ENTERPRISE_PAGES.includes(path) ? undefined : matchPath('/w/enterprises/:id', path)?.['id']
  if (enterprise !== undefined) return <EnterprisePage key={enterprise} id={enterprise} />
  const contacted = matchPath('/w/contacts/:id', path)?.['id']
  if (contacted !== undefined) return <ContactCalendarPage key={contacted} id={contacted} session={session} />
  const target = matchPath('/w/plan/targets/:id', path)?.['id']
  if (target !== undefined) return <TargetPage key={target} id={target} />
  const campaign = matchPath('/w/campaigns/:id', path)?.['id']
  if (campaign !== undefined) return <CampaignPage key={campaign} id={campaign} />
  const meeting = matchPath('/w/meetings/:id', path)?.['id']
  if (meeting !== undefined) return <MeetingPage key={meeting} id={meeting} />
  const minutes = matchPath('/w/meetings/:id/minutes', path)?.['id']
  if (minutes !== undefined) return <MinutesPage key={minutes} id={minutes} />
  const task = matchPath('/w/plan/tasks/:id', path)?.['id']
  if (task !== undefined) return <TaskPage key={task} id={task} />
  if (path === '/w/policies/new') return <PolicyFormPage session={session} />
  const nextOf = matchPath('/w/policies/:id/next', path)?.['id']
  if (nextOf !== undefined) return <NextVersionPage key={nextOf} id={nextOf} />
  const policy = matchPath('/w/policies/:id', path)?.['id']
  if (policy !== undefined) return <PolicyPage key={policy} id={policy} />
  if (path === '/w/promises/backlog') return <BacklogPage />
  const promise = matchPath('/w/promises/:id', path)?.['id']
  if (promise !== undefined) return <PromisePage key={promise} id={promise} />
  const project = matchPath('/w/projects/:id', path)?.['id']
  if (project !== undefined) return <ProjectPage key={project} id={project} />
  const page = path.replace(/\/$/, '')
  if (!mayOpen(session, page)) return <NotHere>您的岗位不使用这个页面。</NotHere>
  switch (page) {
    case '/w':
      return <FirstQueue />
    case '/w/c':
      return <LedgerPage />
    case '/w/new':
      return <RegisterPage session={session} />
    case '/w/intake/chat':
      return <ChatPage />
    case '/w/intake/telephone':
      return <TelephonePage />
    case '/w/intake/exceptions':
      return <ExceptionsPage session={session} />
    case '/w/menu':
      return <MenuPage session={session} />
    case '/w/x/import':
      return <ImportPage />
    case '/w/merge':
      return <MergePage session={session} />
    case '/w/hot':
      return <HotPage session={session} />
    case '/w/figures':
      return <FiguresPage session={session} />
    case '/w/plan':
      return <PlanPage session={session} />
    case '/w/plan/changes':
      return <ChangesPage />
    case '/w/plan/orders':
      return <OrdersPage />
    case '/w/lists':
      return <ListsPage session={session} />
    case '/w/knowledge':
      return <KnowledgePage session={session} />
    case '/w/channels':
      return <ChannelsPage session={session} />
    case '/w/drives':
      return <DrivesPage session={session} />
    case '/w/forums':
      return <ForumsPage session={session} />
    case '/w/disclosures':
      return <DisclosuresPage session={session} />
    case '/w/public-notices':
      return <PublicNoticesPage session={session} />
    case '/w/media':
      return <MediaPage session={session} />
    case '/w/duties':
      return <DutiesPage session={session} />
    case '/w/meetings':
      return <MeetingsPage />
    case '/w/instructions':
      return <InstructionsPage />
    case '/w/roster':
      return <RosterPage session={session} />
    case '/w/enterprises':
      return <EnterprisesPage session={session} />
    case '/w/enterprises/import':
      return <EnterpriseImportPage key="register" />
    case '/w/enterprises/figure-import':
      return <EnterpriseImportPage key="figures" figures />
    case '/w/enterprises/growth':
      return <GrowthPage session={session} />
    case '/w/liaison':
      return <LiaisonPage session={session} />
    case '/w/contacts':
      return <ContactsPage session={session} />
    case '/w/asks':
      return <AsksPage />
    case '/w/policies':
      return <PoliciesPage session={session} />
    case '/w/needs':
      return <NeedsPage />
    case '/w/promises':
      return <PromisesPage session={session} />
    case '/w/platform':
      return <PlatformPage />
    case '/w/projects':
      return <ProjectsPage />
    case '/w/funds':
      return <FundsPage session={session} />
    case '/w/financing':
      return <FinancingPage />
    case '/w/campaigns':
      return <CampaignsPage session={session} />
    case '/w/duties/rules':
      return <DutyRulesPage session={session} />
    case '/w/visits':
      return <VisitsPage />
    case '/w/four-ones':
      return <FourOnesPage />
    case '/w/normal-tracks':
      return <NormalTracksPage />
    case '/w/handover':
      return <HandoverPage session={session} />
    case '/w/admin/calendar':
      return <CalendarPage />
    case '/w/admin/reorganise':
      return <ReorganisePage />
    case '/w/admin/keys':
      return <KeysPage />
    case '/w/admin/outbox':
      return <OutboxPage />
    case '/w/admin/rules':
      return <RulesPage />
    default:
      return <NotHere>没有这个页面。</NotHere>
  }
}

/** Pages of the register that are no enterprise. */
const ENTERPRISE_PAGES: readonly string[] = [
  '/w/enterprises/import',
  '/w/enterprises/figure-import',
  '/w/enterprises/growth',
]

const NotHere = ({ children }: { readonly children: string }) => (
  <EmptyView
    action={
      <Link to="/w/" className="button">
        回到我的队列
      </Link>
    }
  >
    {children}
  </EmptyView>
)

/** The desk opens on the first queue that has something in it. */
function FirstQueue() {
  const { data, error, refetch } = useQueues()
  const first = data?.items.find(({ count }) => count > 0) ?? data?.items[0]
  useEffect(() => {
    if (data) go(first === undefined ? '/w/c' : (first.to ?? `/w/q/${first.id}`), { replace: true })
  }, [data, first])
  return error ? <ErrorView error={error} retry={() => void refetch()} /> : <Skeleton rows={8} />
}
