import { z } from 'zod'

/** Everything the environment may say; the only reader of `process.env`. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  BANJIE_PUBLIC_URL: z.url().optional(),
  BANJIE_TRUST_PROXY: z.stringbool().default(false),
  BANJIE_DATA: z.string().optional(),
  DATABASE_URL: z.string().optional(),
  BANJIE_DEMO: z.string().default('yuhong'),
  BANJIE_ADMIN_PASSWORD: z.string().min(8).optional(),
  BANJIE_DEMO_PASSWORD: z.string().min(8).default('banjie-demo'),
  BANJIE_TEST_CLOCK: z.stringbool().default(false),
  BANJIE_LOG: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('warn'),
  BANJIE_AI_URL: z.url().optional(),
  BANJIE_AI_KEY: z.string().min(1).optional(),
  BANJIE_AI_MODEL: z.string().min(1).default('default'),
  BANJIE_AI_SECONDS: z.coerce.number().int().min(1).max(120).default(20),
  BANJIE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  BANJIE_MAIL_FROM: z.string().regex(/@/).optional(),
  BANJIE_SMS_WEBHOOK: z.url({ protocol: /^https?$/ }).optional(),
  BANJIE_WEBHOOK_LOOPBACK: z.stringbool().default(false),
  BANJIE_SMTP_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  BANJIE_SMTP_HOST: z.string().default('127.0.0.1'),
  BANJIE_MAIL_ADDRESS: z.email().optional(),
  BANJIE_POOL: z.coerce.number().int().min(2).max(200).default(16),
})

export interface Config {
  readonly port: number
  readonly host: string
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean
  readonly dataDir: string | undefined
  readonly databaseUrl: string | undefined
  readonly demo: string
  readonly adminPassword: string | undefined
  readonly demoPassword: string
  readonly testClock: boolean
  readonly logLevel: string
  readonly poolSize: number
  readonly loopback: boolean
  /** An OpenAI-compatible endpoint for drafts (机器草稿); absent unless an administrator names one. */
  readonly assistant:
    | { readonly url: string; readonly key?: string; readonly model: string; readonly timeoutMs: number }
    | undefined
  /** Where mail leaves, and as whom. */
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  readonly smsWebhook: string | undefined
  /** Webhooks may lead to this machine; for trials. */
  readonly loopbackWebhooks: boolean
  /** Where mail comes in; undefined leaves it off. */
  readonly mailbox: { readonly host: string; readonly port: number; readonly address: string } | undefined
}

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Reads the environment. @throws Error with one sentence that names the variable and what it should be. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const read = Environment.safeParse(environment)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new Error(`环境变量 ${issue?.path.join('.')} 的值不对 (${issue?.message}). See docs/run/install.md.`)
  }
  const env = read.data
  const loopback = LOOPBACK.has(env.HOST)
  if (!loopback && env.BANJIE_DEMO !== 'none' && env.BANJIE_DEMO_PASSWORD === 'banjie-demo')
    throw new Error(
      '对外地址不能使用默认演示密码：请设置 BANJIE_DEMO_PASSWORD，或设 BANJIE_DEMO=none。 The default demo password is refused on a non-loopback host.',
    )
  if ((env.BANJIE_SMTP_PORT === undefined) !== (env.BANJIE_MAIL_ADDRESS === undefined))
    throw new Error(
      '收信须同时设置 BANJIE_SMTP_PORT 和 BANJIE_MAIL_ADDRESS。 Set both to take mail in. See docs/run/install.md.',
    )
  if ((env.BANJIE_SMTP_URL === undefined) !== (env.BANJIE_MAIL_FROM === undefined))
    throw new Error(
      '发信须同时设置 BANJIE_SMTP_URL 和 BANJIE_MAIL_FROM。 Set both to send mail. See docs/run/install.md.',
    )
  return {
    ...{
      smtpUrl: env.BANJIE_SMTP_URL,
      mailFrom: env.BANJIE_MAIL_FROM,
      smsWebhook: env.BANJIE_SMS_WEBHOOK,
      loopbackWebhooks: env.BANJIE_WEBHOOK_LOOPBACK,
      mailbox:
        env.BANJIE_SMTP_PORT === undefined || env.BANJIE_MAIL_ADDRESS === undefined
          ? undefined
          : { host: env.BANJIE_SMTP_HOST, port: env.BANJIE_SMTP_PORT, address: env.BANJIE_MAIL_ADDRESS },
    },
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.BANJIE_PUBLIC_URL,
    trustProxy: env.BANJIE_TRUST_PROXY,
    dataDir: env.BANJIE_DATA,
    databaseUrl: env.DATABASE_URL,
    demo: env.BANJIE_DEMO,
    adminPassword: env.BANJIE_ADMIN_PASSWORD,
    demoPassword: env.BANJIE_DEMO_PASSWORD,
    testClock: env.BANJIE_TEST_CLOCK,
    logLevel: env.BANJIE_LOG,
    poolSize: env.BANJIE_POOL,
    loopback,
    assistant: assistantOf(env),
  }
}

function assistantOf(env: z.output<typeof Environment>): Config['assistant'] {
  if (env.BANJIE_AI_URL === undefined) return undefined
  const key = env.BANJIE_AI_KEY === undefined ? {} : { key: env.BANJIE_AI_KEY }
  return { url: env.BANJIE_AI_URL, ...key, model: env.BANJIE_AI_MODEL, timeoutMs: env.BANJIE_AI_SECONDS * 1000 }
}
