export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export const severityOf = ({ severity }: { severity: string }) =>
  SEVERITIES.find((each) => each === severity) ?? 'medium';
