export { tieCase } from './tie-case.ts'
