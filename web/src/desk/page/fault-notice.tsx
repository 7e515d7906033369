import type { ApiFault } from '../../shared/api.ts'

/** Why the server refused, and which of the given values it means. */
export function FaultNotice({ fault }: { readonly fault: ApiFault | null }) {
  if (fault === null) return null
  const places = fault.places.map(({ detail }) => detail).filter((detail) => detail !== fault.message)
  return (
    <div className="notice notice-bad" role="alert">
      <p>{fault.message}</p>
      {places.length > 0 && (
        <ul>
          {[...new Set(places)].map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
