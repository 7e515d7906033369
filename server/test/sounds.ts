/** Sounds of a given length, in the containers that telephones and browsers write; silence inside. */

const bytes = (...values: number[]) => Buffer.from(values)
const u32 = (value: number) => {
  const out = Buffer.alloc(4)
  out.writeUInt32BE(value)
  return out
}

export function wav(seconds: number): Buffer {
  const [rate, samples] = [8000, seconds * 8000]
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + samples, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(samples, 40)
  return Buffer.concat([head, Buffer.alloc(samples, 0x80)])
}

/** MPEG 1 layer III, 128 kbit/s at 44.1 kHz: 1,152 samples a frame. */
export function mp3(seconds: number): Buffer {
  const frame = Buffer.concat([bytes(0xff, 0xfb, 0x90, 0xc0), Buffer.alloc(413)])
  return Buffer.concat(Array.from({ length: Math.round((seconds * 44_100) / 1152) }, () => frame))
}

/** WebM as a browser's recorder writes it: sizes unknown, no duration, a cluster every second. `video`: with a picture track. */
export function webm(seconds: number, video = false): Buffer {
  const unknown = bytes(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)
  const text = (id: number[], value: string) => ebml(id, Buffer.from(value, 'latin1'))
  const head = ebml([0x1a, 0x45, 0xdf, 0xa3], text([0x42, 0x82], 'webm'))
  const info = ebml([0x15, 0x49, 0xa9, 0x66], ebml([0x2a, 0xd7, 0xb1], bytes(0x0f, 0x42, 0x40)))
  const track = ebml(
    [0xae],
    Buffer.concat([
      ebml([0xd7], bytes(1)),
      ebml([0x83], bytes(video ? 1 : 2)),
      text([0x86], video ? 'V_VP8' : 'A_OPUS'),
    ]),
  )
  const clusters = Array.from({ length: seconds }, (_, i) =>
    Buffer.concat([
      bytes(0x1f, 0x43, 0xb6, 0x75),
      unknown,
      ebml([0xe7], u32(i * 1000)),
      ebml([0xa3], bytes(0x81, 0x03, 0xe7, 0x80, 0xfc, 0xff, 0xfe)),
    ]),
  )
  return Buffer.concat([
    ...[head, bytes(0x18, 0x53, 0x80, 0x67), unknown, info, ebml([0x16, 0x54, 0xae, 0x6b], track)],
    ...clusters,
  ])
}
const ebml = (id: number[], content: Buffer) =>
  Buffer.concat([bytes(...id), bytes(0x40 | (content.length >> 8), content.length & 0xff), content])

/** Ogg Opus: a head page, a tags page, and a last page that tells how many samples (at 48 kHz) there were. */
export function ogg(seconds: number): Buffer {
  const page = (type: number, granule: number, sequence: number, content: Buffer) => {
    const head = Buffer.alloc(27)
    head.write('OggS', 0, 'latin1')
    head[5] = type
    head.writeBigInt64LE(BigInt(granule), 6)
    head.writeUInt32LE(1, 14)
    head.writeUInt32LE(sequence, 18)
    head[26] = 1
    return Buffer.concat([head, bytes(content.length), content])
  }
  const opusHead = Buffer.concat([Buffer.from('OpusHead', 'latin1'), bytes(1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0)])
  const tags = Buffer.concat([Buffer.from('OpusTags', 'latin1'), Buffer.alloc(8)])
  return Buffer.concat([page(2, 0, 0, opusHead), page(0, 0, 1, tags), page(4, seconds * 48_000, 2, bytes(0xfc, 0xff))])
}

/** MPEG-4 audio: a file type and a movie header with its length in thousandths. */
export function m4a(seconds: number): Buffer {
  const box = (type: string, content: Buffer) =>
    Buffer.concat([u32(content.length + 8), Buffer.from(type, 'latin1'), content])
  const times = Buffer.concat([u32(0), u32(0), u32(0), u32(1000), u32(seconds * 1000)])
  const mvhd = box('mvhd', Buffer.concat([times, Buffer.alloc(80)]))
  const sound = Buffer.concat([
    Buffer.alloc(6),
    bytes(0, 1),
    Buffer.alloc(8),
    bytes(0, 1, 0, 16, 0, 0, 0, 0),
    u32(8000 << 16),
  ])
  const stbl = box('stbl', box('stsd', Buffer.concat([u32(0), u32(1), box('mp4a', sound)])))
  const hdlr = box('hdlr', Buffer.concat([u32(0), u32(0), Buffer.from('soun', 'latin1'), Buffer.alloc(13)]))
  const mdia = box('mdia', Buffer.concat([box('mdhd', Buffer.concat([times, u32(0)])), hdlr, box('minf', stbl)]))
  const tkhd = box(
    'tkhd',
    Buffer.concat([u32(7), u32(0), u32(0), u32(1), u32(0), u32(seconds * 1000), Buffer.alloc(60)]),
  )
  const moov = box('moov', Buffer.concat([mvhd, box('trak', Buffer.concat([tkhd, mdia]))]))
  return Buffer.concat([box('ftyp', Buffer.from('M4A \0\0\0\0M4A ', 'latin1')), moov, box('mdat', Buffer.alloc(16))])
}
