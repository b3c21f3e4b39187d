// The peers' figures, beside ours in one run: npm's ts-fsrs (steps) and @open-spaced-repetition/binding (fits).
// usage: node peers.mjs LOG.csv   (in a folder where both packages are installed; `./dev bench --peers` does that)
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(process.cwd() + '/'))
const { fsrs, generatorParameters } = require('ts-fsrs')
const { FSRSBindingItem, FSRSBindingReview, computeParameters } = require('@open-spaced-repetition/binding')

const median = times => times.sort((a, b) => a - b)[times.length >> 1]
const tell = (what, figure, unit) => console.log(`${what.padEnd(58)} ${figure.toFixed(2).padStart(9)} ${unit}`)

function steps() {
  const scheduler = fsrs(generatorParameters({ enable_fuzz: false, enable_short_term: true }))
  const cards = []
  for (let i = 0; i < 4096; i++) {
    let state = scheduler.next_state(null, 0, 3)
    let days = 0
    for (let k = 0; k < 3; k++) {
      days = Math.max(1, Math.floor(state.stability * (0.5 + ((i * 7 + k) % 100) / 100)))
      state = scheduler.next_state(state, days, (i + k) % 5 ? 3 : 1)
    }
    cards.push({ state, days: Math.max(1, Math.floor(state.stability)), grade: i % 8 ? 3 : 1 + ((i >> 3) % 4) })
  }
  let sum = 0
  const run = () => {
    const begin = process.hrtime.bigint()
    for (const { state, days, grade } of cards) {
      const next = scheduler.next_state(state, days, grade)
      sum += scheduler.next_interval(next.stability, days)
    }
    return Number(process.hrtime.bigint() - begin) / 1e9
  }
  for (let i = 0; i < 50; i++) run()
  const seconds = median(Array.from({ length: 41 }, run))
  if (!(sum > 0)) throw new Error('nothing was stepped')
  tell('ts-fsrs next_state and next_interval', cards.length / seconds / 1e6, 'M/s')
}

// One item for each review on a later day, with all the card's reviews before it, as Anki makes them.
function readItems(path) {
  const cards = new Map()
  const items = []
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)
  for (const line of lines) {
    const [card, , rating, days] = line.split(',').map(Number)
    const history = cards.get(card) ?? []
    cards.set(card, history)
    history.push([rating, days])
    if (history.length > 1 && days > 0)
      items.push(history.slice())
  }
  return { reviews: lines.length,
    items: items.map(history => new FSRSBindingItem(history.map(([rating, days]) => new FSRSBindingReview(rating, days)))) }
}

async function fits(path) {
  const { reviews, items } = readItems(path)
  const times = []
  for (let i = 0; i < 3; i++) {
    const begin = process.hrtime.bigint()
    await computeParameters(items, { enableShortTerm: true, numRelearningSteps: 1, timeout: 1, progress: () => {},
      trainingConfig: { numEpochs: 8, batchSize: 512, seed: 2023, maxSeqLen: 256, learningRate: 0.04, gamma: 1 } })
    times.push(Number(process.hrtime.bigint() - begin) / 1e6)
  }
  tell(`@open-spaced-repetition/binding fit, 8 epochs, ${reviews} reviews`, median(times), 'ms')
}

steps()
await fits(process.argv[2])
