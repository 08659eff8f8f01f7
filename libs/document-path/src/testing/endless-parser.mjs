// Stands for a library that a hostile file drives into an endless loop.
process.on('message', () => {
  for (;;);
});
process.send({ kind: 'ready' });
