/** What stands where a report was only spoken (语音反映): the same words for all of them, and nobody's. */
export const SPOKEN_WORDS = '语音反映，内容请听录音'

/** True for a report that has no words of its own: whatever compares or learns texts leaves it out, or all of them would be one matter. */
export const isOnlySpoken = ({ content }: { readonly content: string }): boolean => content === SPOKEN_WORDS
