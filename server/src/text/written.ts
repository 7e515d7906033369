/** What a person wrote (来文): a bare text, or a title and a body. */
export type Written = string | { readonly title?: string | undefined; readonly body: string }

export const titleOf = (text: Written) => (typeof text === 'string' ? '' : (text.title ?? ''))
export const bodyOf = (text: Written) => (typeof text === 'string' ? text : text.body)
