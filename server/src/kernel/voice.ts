import { Fault } from './fault.ts'

/** A voice note (语音留言) may be so long. */
const VOICE_SECONDS = 60
/** Recorders stop a moment late. */
const GRACE_SECONDS = 1

const AUDIO: Readonly<Record<string, { readonly ending: string; readonly starts: (head: string) => boolean }>> = {
  'audio/webm': { ending: 'webm', starts: (head) => head.startsWith('\x1a\x45\xdf\xa3') },
  'audio/ogg': { ending: 'ogg', starts: (head) => head.startsWith('OggS') },
  'audio/wav': { ending: 'wav', starts: (head) => /^RIFF....WAVE/s.test(head) },
  'audio/mp4': { ending: 'm4a', starts: (head) => /^....ftyp(?!heic|heix|mif1|msf1|avif|qt {2})/s.test(head) },
  'audio/mpeg': { ending: 'mp3', starts: (head) => /^(?:ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff])/.test(head) },
}
const HEAD_BYTES = 12

/** What a recording is, by its first bytes; undefined for everything else. */
const audioTypeOf = (data: Buffer): string | undefined => {
  const head = data.subarray(0, HEAD_BYTES).toString('latin1')
  return Object.keys(AUDIO).find((type) => AUDIO[type]?.starts(head))
}
export const isVoice = (data: Buffer): boolean => audioTypeOf(data) !== undefined

/**
 * Looks at a recording: what it is and that it is short enough, as far as it tells its length itself.
 * @throws Fault 'voice.kind' | 'voice.unreadable' | 'voice.video' | 'voice.too_long'
 */
export async function admitVoice(data: Buffer): Promise<{ readonly mediaType: string; readonly ending: string }> {
  const mediaType = audioTypeOf(data)
  if (mediaType === undefined) throw new Fault('voice.kind')
  const { seconds, hasAudio, hasVideo } = mediaType === 'audio/webm' ? webm(data) : await others(data, mediaType)
  if (hasVideo) throw new Fault('voice.video')
  if (!hasAudio) throw new Fault('voice.unreadable')
  if (seconds > VOICE_SECONDS + GRACE_SECONDS)
    throw new Fault('voice.too_long', { seconds: Math.round(seconds), most: VOICE_SECONDS })
  return { mediaType, ending: AUDIO[mediaType]?.ending ?? '' }
}

interface Heard {
  /** 0 where it does not tell. */
  readonly seconds: number
  readonly hasAudio: boolean
  readonly hasVideo: boolean
}

async function others(data: Buffer, mimeType: string): Promise<Heard> {
  // Few pages need it, and it is large.
  const { parseBuffer } = await import('music-metadata')
  const { format } = await parseBuffer(data, { mimeType }, { duration: true, skipCovers: true }).catch(() => {
    throw new Fault('voice.unreadable')
  })
  const { duration = 0, hasAudio = false, hasVideo = false } = format
  return { seconds: duration, hasAudio, hasVideo }
}

/** Elements that are gone into; all others are stepped over. Recorders leave the sizes of these open. */
const MASTER: ReadonlySet<number> = new Set([
  ...[0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0],
])
const [DURATION, SCALE, TRACK_TYPE, CLUSTER_TIME, SIMPLE_BLOCK, BLOCK] = [0x4489, 0x2ad7b1, 0x83, 0xe7, 0xa3, 0xa1]
const [VIDEO, AUDIO_TRACK] = [1, 2]
const MILLISECOND_NS = 1e6

/**
 * WebM as a browser's recorder writes it: without a duration and with sizes left open, so that the time of the last block is its length. The
 * library that reads the other containers refuses such files.
 */
function webm(data: Buffer): Heard {
  let [at, scale, told, cluster, last] = [0, MILLISECOND_NS, 0, 0, 0]
  const tracks = new Set<number>()
  while (at < data.length) {
    const id = vint(data, at, true)
    const size = id && vint(data, at + id.length, false)
    if (id === undefined || size === undefined) break
    const from = at + id.length + size.length
    const content = data.subarray(from, from + Math.min(size.value, data.length))
    if (id.value === SCALE) scale = uint(content)
    else if (id.value === DURATION)
      told = content.length === 4 ? content.readFloatBE() : content.length === 8 ? content.readDoubleBE() : 0
    else if (id.value === TRACK_TYPE) tracks.add(uint(content))
    else if (id.value === CLUSTER_TIME) cluster = uint(content)
    else if ((id.value === SIMPLE_BLOCK || id.value === BLOCK) && content.length > 3)
      last = Math.max(last, cluster + content.readInt16BE(vint(content, 0, false)?.length ?? 1))
    at = MASTER.has(id.value) ? from : from + size.value
  }
  const seconds = (Math.max(told, last) * scale) / 1e9
  return { seconds, hasAudio: tracks.has(AUDIO_TRACK), hasVideo: tracks.has(VIDEO) }
}

/** A number of variable length; `marked` keeps the bit that tells the length, as identifiers are written. */
function vint(data: Buffer, at: number, marked: boolean): { value: number; length: number } | undefined {
  const first = data[at]
  const length = first === undefined || first === 0 ? undefined : Math.clz32(first) - 23
  if (first === undefined || length === undefined || at + length > data.length) return undefined
  let value = marked ? first : first & (0xff >> length)
  for (let i = 1; i < length; i++) value = value * 256 + (data[at + i] ?? 0)
  return { value, length }
}
const uint = (content: Buffer) => content.subarray(0, 6).reduce((value, byte) => value * 256 + byte, 0)
