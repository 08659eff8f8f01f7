/** Engine core or worker: answers each step, and ends with its parent. */
process.title = process.argv[2];
process.on('message', (message) => process.send(message, () => undefined));
process.on('disconnect', () => process.exit(0));
// The leader of the group is told to stop and ends us in order.
process.on('SIGTERM', () => process.exit(0));
process.on('SIGINT', () => undefined);
