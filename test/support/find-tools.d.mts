export declare function findTools(environment?: NodeJS.ProcessEnv): {
  found: Partial<
    Record<
      | 'CHROMIUM_PATH'
      | 'PROMTOOL_PATH'
      | 'HELM_PATH'
      | 'KUBERNETES_VALIDATE_PATH'
      | 'COMPOSE_PATH'
      | 'HADOLINT_PATH'
      | 'YAMLLINT_PATH',
      string
    >
  >;
  missing: string[];
};
