/** The newest migration that this code knows: written by `npm run schema`. */
export const SCHEMA_VERSION = '0013_operations.sql'
