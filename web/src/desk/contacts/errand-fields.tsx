import { CONTACT_KIND, type ContactKind } from '@banjie/contract'
import { PlainField, SelectField } from '../page/plain-field.tsx'

export interface Errand {
  readonly kind: ContactKind
  readonly purpose: string
  readonly statutory: boolean
  readonly basis: string
}
export const BLANK_ERRAND: Errand = { kind: 'visit', purpose: '', statutory: false, basis: '' }
export const isReady = ({ purpose, statutory, basis }: Errand) =>
  purpose.trim() !== '' && (!statutory || basis.trim() !== '')
/** What is sent of it: a basis that nobody asks for stays at home. */
export const sentOf = ({ basis, ...errand }: Errand) => ({ ...errand, ...(errand.statutory && { basis }) })

interface ErrandFieldsProps {
  readonly errand: Errand
  readonly set: (errand: Errand) => void
  readonly kinds?: Readonly<Partial<Record<ContactKind, string>>>
}
/** How one comes and what for; a statutory check names its law. */
export function ErrandFields({ errand, set, kinds = CONTACT_KIND }: ErrandFieldsProps) {
  return (
    <>
      <SelectField
        label="方式"
        value={errand.kind}
        set={(kind) => set({ ...errand, kind })}
        words={kinds as Readonly<Record<ContactKind, string>>}
      />
      <PlainField
        {...{ label: '来意', value: errand.purpose, maxLength: 200, placeholder: '一句话，别的单位也看得到' }}
        set={(purpose) => set({ ...errand, purpose })}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={errand.statutory}
          onChange={(event) => set({ ...errand, statutory: event.target.checked })}
        />
        <span>法定检查</span>
      </label>
      {errand.statutory && (
        <PlainField
          {...{ label: '法律依据', value: errand.basis, maxLength: 200, placeholder: '法规名称和条款' }}
          set={(basis) => set({ ...errand, basis })}
        />
      )}
    </>
  )
}
