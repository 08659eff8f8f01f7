export { installJobQueue } from './install-job-queue.js';
export { enqueueJob, type JobOptions } from './enqueue-job.js';
export { pendingJobs } from './pending-jobs.js';
export { startJobs, type Job, type JobTasks, type RunningJobs, type StartJobsOptions } from './start-jobs.js';
