export type {
  AuditReads,
  AuditRecord,
  AuditWrites,
  OutboxReads,
  OutboxRecord,
  OutboxWrites,
} from './outbox.ts';
