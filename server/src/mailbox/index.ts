export { createMailbox, MAIL_MEGABYTES, type Mailbox, type MailboxOptions } from './mailbox.ts'
