export { type Job, job } from './job.ts';
export { type JobReport, tick, type WorkReport } from './tick.ts';
export { type WorkOptions, work } from './work.ts';
