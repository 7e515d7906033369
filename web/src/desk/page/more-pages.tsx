interface MorePagesProps {
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly fetchNextPage: () => Promise<unknown>
}

/** Asks for the next page of a list where there is one. */
export const MorePages = ({ hasNextPage, isFetchingNextPage, fetchNextPage }: MorePagesProps) =>
  hasNextPage ? (
    <button
      type="button"
      className="button no-print"
      disabled={isFetchingNextPage}
      onClick={() => void fetchNextPage()}
    >
      {isFetchingNextPage ? '正在读取…' : '再看一些'}
    </button>
  ) : null
