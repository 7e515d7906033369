const { XMLParser } = require('fast-xml-parser')

const parser = new XMLParser({ ignoreDeclaration: true, parseTagValue: false, ignoreAttributes: true })

/** What holds only one kind of thing is a list of them: `<services><service/><service/></services>` is an array. */
const LISTS = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  values: 'value',
  errors: 'error',
}

function spark(name, value) {
  if (name in LISTS) {
    const items = value === '' ? [] : [value[LISTS[name]]].flat()
    return items.map((item) => spark(LISTS[name], item))
  }
  if (typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spark(key, inner)]))
}

/** @param {string} text */
exports.parseXml = (text) => {
  const [[name, value]] = Object.entries(parser.parse(text))
  return spark(name, value)
}
