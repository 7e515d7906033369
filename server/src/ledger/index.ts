export { importRoutes } from './import.routes.ts'
export { createImporter, type Importer } from './importer.ts'
export { ledgerRoutes } from './ledger.routes.ts'
