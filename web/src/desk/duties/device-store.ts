const NAME = 'banjie-visits'

/** What is kept on this device under a key; `visit` are those to be sent, `draft` those being written. */
type Shelf = 'visit' | 'draft'

let opening: Promise<IDBDatabase> | undefined
function opened(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      for (const shelf of ['visit', 'draft'] as const) request.result.createObjectStore(shelf)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
  return opening
}

async function run<T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await opened()
  return new Promise((resolve, reject) => {
    const request = work(database.transaction(shelf, mode).objectStore(shelf))
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Keeps, finds and drops what lies on this device (本机暂存). @throws where the browser keeps nothing */
export const device = {
  keep: (shelf: Shelf, key: string, value: unknown) => run(shelf, 'readwrite', (store) => store.put(value, key)),
  find: (shelf: Shelf, key: string) => run<unknown>(shelf, 'readonly', (store) => store.get(key)),
  all: (shelf: Shelf) => run<unknown[]>(shelf, 'readonly', (store) => store.getAll()),
  drop: (shelf: Shelf, key: string) => run(shelf, 'readwrite', (store) => store.delete(key)),
  clear: (shelf: Shelf) => run(shelf, 'readwrite', (store) => store.clear()),
}
