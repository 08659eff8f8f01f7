// Writes Nx's project graph into its cache: the boundary rules read it there and nowhere else.
process.env.NX_DAEMON = 'false';
process.env.NX_NO_CLOUD = 'true';

const { createProjectGraphAsync } = await import('@nx/devkit');
const graph = await createProjectGraphAsync({ exitOnError: true, resetDaemonClient: false });
if (Object.keys(graph.nodes).length === 0) throw new Error('the project graph is empty');
// Nx leaves its plugins' workers behind.
process.exit(0);
