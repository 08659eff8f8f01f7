export declare function findTools(environment?: NodeJS.ProcessEnv): {
  found: Partial<Record<'CHROMIUM_PATH' | 'PROMTOOL_PATH', string>>;
  missing: string[];
};
