import type { ComponentType } from 'react'
import { CasesSection } from './cases-section.tsx'
import { FiguresSection } from './figures-section.tsx'
import { FinancingSection } from './financing-section.tsx'
import { MoneySection } from './money-section.tsx'
import { PlatformSection } from './platform-section.tsx'
import { PoliciesSection } from './policies-section.tsx'
import { ProjectsSection } from './projects-section.tsx'
import { PromisesSection } from './promises-section.tsx'
import { VisitsSection } from './visits-section.tsx'

/** What stands on the page of an enterprise, in its order; each section reads its own. */
export const SECTIONS: readonly (readonly [key: string, Section: ComponentType<{ readonly id: string }>])[] = [
  ['cases', CasesSection],
  ['visits', VisitsSection],
  ['figures', FiguresSection],
  ['projects', ProjectsSection],
  ['policies', PoliciesSection],
  ['money', MoneySection],
  ['financing', FinancingSection],
  ['promises', PromisesSection],
  ['platform', PlatformSection],
]
