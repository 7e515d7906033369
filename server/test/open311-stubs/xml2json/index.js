const { XMLParser } = require('fast-xml-parser')

const parser = new XMLParser({ ignoreDeclaration: true, parseTagValue: false })

/** @param {string} text */
exports.toJson = (text) => parser.parse(text)
