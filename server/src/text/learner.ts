import type { Features } from './features.ts'

/** Places for features. More labels get fewer, so that the memory stays within bounds: 19 MB for 8 labels, 36 MB for 16, 35 MB for 32 and 64. */
const placesFor = (capacity: number) => (capacity <= 16 ? 1 << 18 : capacity <= 32 ? 1 << 17 : 1 << 16)
const FIRST_CAPACITY = 8
/** The smaller, the more a single lesson teaches; macro F1 is the same from 0.01 to 0.1. At 0.03 a text just learned comes within 3 % of its margin. */
const RESISTANCE = 0.03
/**
 * A feature lies in one of so many places that stand together. Where all are taken, that of the fewest texts gives way and is forgotten: names and slips
 * of the pen go, what many texts say stays. Features that share places, as plain hashing has them, cost 0.002 of macro F1; places without end give no
 * 0.001 more.
 */
const BUCKET = 4
/** A feature of `n` texts is trusted n / (n + 3): one of a single text is mostly a name, but speaks, so that the first lessons teach too. 2, 4 and 6 gave less. */
const DOUBT = 3
/** That a label's texts lack a feature says less than that they have it. 1 gives 0.0008 less of macro F1, 0 gives 0.004 less filled in at 98 % precision. */
const ABSENCE = 0.7
/** No feature says nothing, or of the first texts, which are like no others yet, some would be learned in vain. From 0 to 0.4 macro F1 is the same. */
const LEAST_SAID = 0.1

/** What the learner knows, as it is kept. All arrays by place, `seen` and `weights` by place and label. */
export interface Knowledge {
  capacity: number
  /** Texts learned, by label. */
  textsOf: number[]
  /** The hash of the feature that lies there, 0 for none. */
  owners: Int32Array
  /** Texts of a label that hold a feature. */
  seen: Float32Array
  /** What a feature's value is multiplied by. */
  attention: Float32Array
  weights: Float32Array
}

export function emptyKnowledge(capacity = FIRST_CAPACITY): Knowledge {
  const places = placesFor(capacity)
  return {
    capacity,
    textsOf: [],
    owners: new Int32Array(places),
    seen: new Float32Array(places * capacity),
    attention: new Float32Array(places),
    weights: new Float32Array(places * capacity),
  }
}

/**
 * An online learner, one-vs-rest passive-aggressive: a lesson moves the weights just so far that it is answered with a margin of 1. Features are
 * weighed by rarity × trust × the largest ln (share of a label's texts with it / share of the others), nearly as NBSVM does. Macro F1 is 0.9188 on the
 * mean of 14 groupings and orders of the lessons (0.915 to 0.921), and 0.9171 by the grouping of the bench, which has its luck as any other: with shared
 * places and a mere half for features of one or two texts it was 0.9157 on the mean of the same 14, and 0.9185 by that of the bench. Dropped-out features,
 * lessons left out as doubtful or cut short, pairs of words, learners by kind of feature summed, self-training on unlabelled texts, small neural networks
 * and naive Bayes added nothing.
 */
export interface Learner {
  /** By label; 1 is what a learned text of that label gets, −1 any other. */
  margins(features: Features): Float64Array
  /** Notes which features the texts of a label have; `attend` before the next `teach`. */
  count(features: Features, label: number): void
  /** Weighs anew the features of a text, or all of them. */
  attend(features?: Features): void
  teach(features: Features, label: number): void
  /** Where a feature lies; −1 when nothing is known of it. */
  find(hash: number): number
  /** How much the feature at a place speaks for a label. */
  says(place: number, label: number): number
  readonly knowledge: Knowledge
}

export function createLearner(known: Knowledge = emptyKnowledge()): Learner {
  let k = known
  let scaled = new Float64Array(1 << 10)
  let rows = new Int32Array(1 << 10)

  /** Puts the weighed values of the known features, of length one, into `scaled`, and where their weights begin into `rows`. @returns how many are known */
  function weigh({ hashes, values }: Features): number {
    if (scaled.length < hashes.length) {
      scaled = new Float64Array(hashes.length * 2)
      rows = new Int32Array(hashes.length * 2)
    }
    const { owners, attention, capacity } = k
    let known = 0
    for (let i = 0; i < hashes.length; i++) {
      const place = placeOf(owners, hashes[i] as number)
      if (place === -1) continue
      rows[known] = place
      scaled[known++] = values[i] as number
    }
    let square = 0
    for (let i = 0; i < known; i++) {
      const place = rows[i] as number
      const value = (scaled[i] as number) * (attention[place] as number)
      rows[i] = place * capacity
      scaled[i] = value
      square += value * value
    }
    const length = Math.sqrt(square) || 1
    for (let i = 0; i < known; i++) scaled[i] = (scaled[i] as number) / length
    return known
  }

  function margins(features: Features): Float64Array {
    return marginsOf(weigh(features))
  }

  function marginsOf(known: number): Float64Array {
    const { weights, textsOf } = k
    const sums = new Float64Array(textsOf.length)
    for (let label = 0; label < sums.length; label++) {
      let sum = 0
      for (let i = 0; i < known; i++) sum += (weights[(rows[i] as number) + label] as number) * (scaled[i] as number)
      sums[label] = sum
    }
    return sums
  }

  function count({ hashes }: Features, label: number): void {
    while (label >= k.capacity) k = grown(k)
    while (k.textsOf.length <= label) k.textsOf.push(0)
    k.textsOf[label] = (k.textsOf[label] ?? 0) + 1
    for (const hash of hashes) {
      const cell = settled(k, hash) * k.capacity + label
      k.seen[cell] = (k.seen[cell] as number) + 1
    }
  }

  function weighPlace(place: number, texts: number): void {
    const { seen, textsOf, capacity } = k
    const holders = holdersOf(k, place)
    if (holders === 0) return
    let ratio = LEAST_SAID
    for (let label = 0; label < textsOf.length; label++) {
      const [inside, of] = [seen[place * capacity + label] as number, textsOf[label] as number]
      const share = (inside + 1) / (of + 2)
      const others = (Math.max(0, holders - inside) + 1) / (texts - of + 2)
      const said = Math.log(share / others)
      ratio = Math.max(ratio, said > 0 ? said : said * -ABSENCE)
    }
    k.attention[place] = Math.log(1 + texts / holders) * ratio * (holders / (holders + DOUBT))
  }

  function attend(features?: Features): void {
    const texts = k.textsOf.reduce((a, b) => a + b, 0)
    if (!features) for (let place = 0; place < k.owners.length; place++) weighPlace(place, texts)
    else
      for (const hash of features.hashes) {
        const place = placeOf(k.owners, hash)
        if (place !== -1) weighPlace(place, texts)
      }
  }

  function teach(features: Features, right: number): void {
    const known = weigh(features)
    for (const [label, sum] of marginsOf(known).entries()) {
      const wanted = label === right ? 1 : -1
      const step = (Math.max(0, 1 - sum * wanted) * wanted) / (1 + RESISTANCE)
      if (step === 0) continue
      for (let i = 0; i < known; i++) {
        const cell = (rows[i] as number) + label
        k.weights[cell] = (k.weights[cell] as number) + step * (scaled[i] as number)
      }
    }
  }

  return {
    margins,
    count,
    attend,
    teach,
    find: (hash) => placeOf(k.owners, hash),
    says: (place, label) => (k.weights[place * k.capacity + label] as number) * (k.attention[place] as number),
    get knowledge() {
      return k
    },
  }
}

const bucketOf = (owners: Int32Array, hash: number) => hash & (owners.length - BUCKET)

/** The four of a `BUCKET` one by one: a loop takes 5 % more of a classification's time. */
function placeOf(owners: Int32Array, hash: number): number {
  const owner = hash | 0
  let at = bucketOf(owners, owner)
  const found = owners[at] === owner || owners[++at] === owner || owners[++at] === owner || owners[++at] === owner
  return found ? at : -1
}

function holdersOf({ seen, textsOf, capacity }: Knowledge, place: number): number {
  let holders = 0
  for (let label = 0; label < textsOf.length; label++) holders += seen[place * capacity + label] as number
  return holders
}

/** The place of a feature; a new one takes a free place, or that of the feature of the fewest texts. */
function settled(k: Knowledge, hash: number): number {
  const known = placeOf(k.owners, hash)
  if (known !== -1) return known
  const first = bucketOf(k.owners, hash)
  let [poorest, fewest] = [first, Number.POSITIVE_INFINITY]
  for (let place = first; place < first + BUCKET; place++) {
    const holders = holdersOf(k, place)
    if (holders < fewest) [poorest, fewest] = [place, holders]
  }
  k.owners[poorest] = hash
  k.attention[poorest] = 0
  for (const array of [k.seen, k.weights]) array.fill(0, poorest * k.capacity, (poorest + 1) * k.capacity)
  return poorest
}

/** Room for twice as many labels. Where that costs places, features of few texts give way. */
function grown(old: Knowledge): Knowledge {
  const next = emptyKnowledge(old.capacity * 2)
  next.textsOf = old.textsOf
  for (const [from, hash] of old.owners.entries()) {
    if (hash === 0) continue
    const to = settled(next, hash)
    next.attention[to] = old.attention[from] as number
    for (const name of ['seen', 'weights'] as const)
      next[name].set(old[name].subarray(from * old.capacity, (from + 1) * old.capacity), to * next.capacity)
  }
  return next
}
