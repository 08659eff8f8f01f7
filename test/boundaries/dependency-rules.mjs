// Who may know whom: the table of the house, as options of @nx/enforce-module-boundaries.
const only = (sourceTag, ...tags) => ({ sourceTag, onlyDependOnLibsWithTags: tags });
const DATABASE = ['pg', 'pg-*', 'typeorm', 'typeorm/*'];

export const dependencyRules = {
  enforceBuildableLibDependency: false,
  // The command line loads a command's code when that command runs, others load the same code at once.
  checkDynamicDependenciesExceptions: ['@lorekeep/**'],
  depConstraints: [
    only('type:app', 'type:flow', 'type:domain', 'type:kit', 'type:contract'),
    { ...only('type:flow', 'type:domain', 'type:kit', 'type:contract'), bannedExternalImports: DATABASE },
    only('type:domain', 'type:kit', 'type:contract'),
    only('type:kit', 'type:kit', 'type:contract'),
    { ...only('type:contract', 'type:contract'), allowedExternalImports: ['zod'] },
    {
      ...only('platform:web', 'platform:web', 'platform:shared'),
      bannedExternalImports: [...DATABASE, '@nestjs/*'],
    },
    only('platform:server', 'platform:server', 'platform:shared'),
    only('platform:shared', 'platform:shared'),
  ],
};
