export type Variable = { what: string; where: string; example: string; readers: string }

/** Every variable that Till reads, in the order of docs/ENVIRONMENT.md, which a test holds against this table. */
export const VARIABLES = {
  SITE_URL: {
    what: "The shop's public address, without a slash at the end",
    where: 'your domain, or the address under Project configuration → Domain management',
    example: 'https://shop.example.com',
    readers: 'build and functions',
  },
  NETLIFY_DATABASE_URL: {
    what: 'Connection string of the Neon database; `DATABASE_URL` and `NETLIFY_DB_URL` come first if they are set',
    where: 'Neon console → Connect, or set by Netlify itself',
    example: 'postgres://user:password@ep-name-pooler.eu-central-1.aws.neon.tech/till',
    readers: 'build and functions',
  },
  NEON_SQL_ENDPOINT: {
    what: "Where the Neon driver sends its statements; leave it unset to use the database's own host",
    where: 'set by `npm start` for the local database',
    example: 'http://localhost:8889/sql',
    readers: 'build and functions',
  },
  STRIPE_SECRET_KEY: {
    what: 'Restricted Stripe key with the permissions that docs/DEPLOY.md lists',
    where: 'Stripe dashboard → Developers → API keys',
    example: 'rk_live_…',
    readers: 'functions',
  },
  STRIPE_WEBHOOK_SECRET: {
    what: 'Signing secret of the webhook endpoint; current and previous, separated by a comma, while it is being rolled',
    where: 'Stripe dashboard → Developers → Webhooks → your endpoint',
    example: 'whsec_…',
    readers: 'functions',
  },
  STRIPE_API_BASE: {
    what: "Address of Stripe's API; leave it unset for Stripe itself",
    where: 'set by `npm start` for the local emulator',
    example: 'http://localhost:8889',
    readers: 'functions',
  },
  RESEND_API_KEY: {
    what: 'Key that sends mail',
    where: 'Resend dashboard → API keys, with sending access only',
    example: 're_…',
    readers: 'functions',
  },
  RESEND_BASE_URL: {
    what: "Address of Resend's API; leave it unset for Resend itself",
    where: 'set by `npm start` for the local emulator',
    example: 'http://localhost:8889',
    readers: 'functions',
  },
  RESEND_WEBHOOK_SECRET: {
    what: 'Signing secret of the webhook that reports bounces; current and previous, separated by a comma, while it is being rolled',
    where: 'Resend dashboard → Webhooks → your endpoint → Signing secret',
    example: 'whsec_…',
    readers: 'functions',
  },
  EMAIL_FROM: {
    what: 'Sender of all mails, on a domain that Resend has verified',
    where: 'Resend dashboard → Domains',
    example: 'North Window <shop@example.com>',
    readers: 'functions',
  },
  DOWNLOAD_TOKEN_SECRET: {
    what: 'Signs download links and the links in receipts; at least 32 random characters; the first signs, all verify',
    where: '`openssl rand -base64 32`',
    example: 'a random text of 44 characters',
    readers: 'functions',
  },
  JOB_POKE_SECRET: {
    what: 'Signs the pokes that wake the workers; at least 32 random characters; the first signs, all verify',
    where: '`openssl rand -base64 32`',
    example: 'a random text of 44 characters',
    readers: 'functions',
  },
  NETLIFY_BUILD_HOOK_URL: {
    what: 'Asks Netlify for a build when the catalogue has changed; unset, the pages change with the next deploy',
    where: 'Project configuration → Build & deploy → Build hooks',
    example: 'https://api.netlify.com/build_hooks/…',
    readers: 'functions',
  },
  FILES_S3_ENDPOINT: {
    what: 'Address of the S3-compatible service that keeps large files; unset, the shop has Netlify Blobs only',
    where: "the service's own documentation; docs/DEPLOY.md lists some",
    example: 'https://s3.eu-central-1.amazonaws.com',
    readers: 'functions and command line',
  },
  FILES_S3_BUCKET: {
    what: 'Name of the bucket for files, private and used for nothing else',
    where: 'you choose it when you make the bucket',
    example: 'north-window-files',
    readers: 'functions and command line',
  },
  FILES_S3_REGION: {
    what: 'Region that requests to the bucket are signed for; unset, it is read from the endpoint',
    where: "the bucket's page; `auto` for Cloudflare R2, `us-east-1` where a service has no regions",
    example: 'eu-central-1',
    readers: 'functions and command line',
  },
  FILES_S3_ACCESS_KEY_ID: {
    what: 'Id of the key that reads and writes the bucket',
    where: "the service's page for access keys or API tokens",
    example: 'AKIA…',
    readers: 'functions and command line',
  },
  FILES_S3_SECRET_ACCESS_KEY: {
    what: 'Secret of that key',
    where: 'shown once, when the key is made',
    example: 'a random text of 40 characters or more',
    readers: 'functions and command line',
  },
  FILES_S3_STYLE: {
    what: "Where requests name the bucket: `virtual` in the host, `path` in the path; unset, `virtual` for Amazon's own hosts and `path` elsewhere",
    where: "the service's own documentation",
    example: 'path',
    readers: 'functions and command line',
  },
  NETLIFY_SITE_ID: {
    what: "The shop's project at Netlify, for commands that use its Blobs from your machine",
    where: 'Project configuration → General → Project ID',
    example: '3970e0fe-8564-4903-9a55-c5f8de49fb8b',
    readers: 'command line',
  },
  NETLIFY_AUTH_TOKEN: {
    what: "A token of yours for Netlify, for commands that use the shop's Blobs from your machine",
    where: 'User settings → Applications → Personal access tokens',
    example: 'nfp_…',
    readers: 'command line',
  },
} as const satisfies Record<string, Variable>

export type VariableName = keyof typeof VARIABLES | 'DATABASE_URL' | 'NETLIFY_DB_URL'
