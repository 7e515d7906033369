const PATH = {
  inbox: 'M2.5 9.5 4.4 3.6h7.2l1.9 5.9M2.5 9.5v3.4h11V9.5M2.5 9.5h3.2c.2 1.2 1.1 2 2.3 2s2.1-.8 2.3-2h3.2',
  pen: 'M3 13h2.4l7.1-7.1-2.4-2.4L3 10.6zM8.6 5l2.4 2.4',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  upload: 'M8 10.5v-7M5 6l3-3 3 3M3 10.5v2.5h10v-2.5',
  download: 'M8 3v7M5 7.5l3 3 3-3M3 11v2h10v-2',
  leave: 'M6.5 3h-3v10h3M7 8h6M10.5 5.5 13 8l-2.5 2.5',
  search: 'M7 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9zM10.3 10.3l3.2 3.2',
  plus: 'M8 3v10M3 8h10',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3.2L13 5',
  alert: 'M8 2.5 14 13H2zM8 6.5v3.2M8 11.2v.3',
  left: 'M10 3.5 5.5 8 10 12.5',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  copy: 'M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z',
  eye: 'M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6z',
  phone:
    'M4 2.5h2l1 3-1.4 1.2a8 8 0 0 0 3.7 3.7L10.5 9l3 1v2c0 .9-.7 1.5-1.5 1.5C7 13.2 2.8 9 2.5 4 2.5 3.200 3.100 2.500 4 2.500z',
  place:
    'M8 14s4.500-4.200 4.500-7.500a4.500 4.500 0 0 0-9 0C3.500 9.800 8 14 8 14zM8 8a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z',
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5.200a2.500 2.500 0 0 1 5 0v2.300',
  filter: 'M2.500 3.500h11L9.500 8.500v4l-3 1.500v-5.500z',
  more: 'M3.500 8h.01M8 8h.01M12.500 8h.01',
  keyboard: 'M1.500 4.500h13v7.500h-13zM4 7h.01M6.500 7h.01M9 7h.01M11.500 7h.01M5 9.500h6',
  sort: 'M5 3v10M2.500 10.500 5 13l2.500-2.500M11 13V3M8.500 5.500 11 3l2.500 2.500',
  open: 'M9 3h4v4M13 3 7.500 8.500M11 9.500V13H3V5h3.500',
  clip: 'm12.500 7.500-5 5a3 3 0 0 1-4.200-4.200l5.300-5.300a2 2 0 0 1 2.800 2.800l-5 5a1 1 0 0 1-1.400-1.400l4.300-4.300',
  user: 'M8 8a2.600 2.600 0 1 0 0-5.200A2.600 2.600 0 0 0 8 8zM2.800 13.500c.6-2.600 2.600-3.800 5.200-3.800s4.600 1.200 5.200 3.800',
  merge: 'M3 3v2.500C3 8 5 8 8 8h5M3 13v-2.500C3 8 5 8 8 8M10.500 5.500 13 8l-2.500 2.500',
  heat: 'M2.500 12.500 6 8.500l2.500 2 5-6.500M10 4h3.500v3.500',
  chart: 'M2.500 13.500h11M4.500 11V8M8 11V3.500M11.500 11V6',
  handover: 'M2.500 5.500h9M9 3l2.500 2.500L9 8M13.500 10.500h-9M7 8l-2.500 2.500L7 13',
  tree: 'M6 2.500h4v3H6zM2.500 10.500h4v3h-4zM9.500 10.500h4v3h-4zM8 5.500V8M4.500 10.500V8h7v2.500',
  calendar: 'M2.500 4h11v9.500h-11zM2.500 7h11M5.500 2.500V5M10.500 2.500V5M6 10.500l1.500 1.500 2.500-2.500',
  rules: 'M4 2.500h8v11H4zM6 5.500h4M6 8h4M6 10.500h2.500',
} as const

/** A line icon, always beside a word or inside a named button. */
export const Icon = ({ name, size = 16 }: { readonly name: keyof typeof PATH; readonly size?: number }) => (
  <svg
    className="icon"
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth={name === 'more' ? 2.4 : 1.5}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={PATH[name]} />
  </svg>
)
