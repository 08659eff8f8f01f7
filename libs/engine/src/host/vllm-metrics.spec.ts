import { describe, expect, it } from '@jest/globals';
import { mergeMetrics } from './vllm-metrics.js';

const text = (waiting: string): string =>
  [
    '# HELP python_info Python platform information',
    '# TYPE python_info gauge',
    'python_info{major="3"} 1.0',
    '# HELP vllm:num_requests_waiting Number of requests waiting to be processed.',
    '# TYPE vllm:num_requests_waiting gauge',
    `vllm:num_requests_waiting{engine="0",model_name="m"} ${waiting}`,
    '# TYPE vllm:num_requests_waiting_by_reason gauge',
    'vllm:num_requests_waiting_by_reason{engine="0",model_name="m",reason="capacity"} 16.0',
    '# HELP vllm:time_to_first_token_seconds Histogram of time to first token in seconds.',
    '# TYPE vllm:time_to_first_token_seconds histogram',
    'vllm:time_to_first_token_seconds_bucket{engine="0",le="+Inf",model_name="m"} 26.0',
    'vllm:time_to_first_token_seconds_count{engine="0",model_name="m"} 26.0',
    'vllm:time_to_first_token_seconds_sum{engine="0",model_name="m"} 1.795220102080968e+09',
    '# TYPE vllm:time_to_first_token_seconds_created gauge',
    'vllm:time_to_first_token_seconds_created{engine="0",model_name="m"} 1.7e+09',
    '',
  ].join('\n');

describe('the metrics of vLLM behind the host', () => {
  it('are those of the list, each family once, each line with its replica', () => {
    expect(
      mergeMetrics([
        { replica: 'm-0', text: text('16.0') },
        { replica: 'm-1', text: text('2.0') },
      ]),
    ).toBe(
      [
        '# HELP vllm:num_requests_waiting Number of requests waiting to be processed.',
        '# TYPE vllm:num_requests_waiting gauge',
        'vllm:num_requests_waiting{replica="m-0",engine="0",model_name="m"} 16.0',
        'vllm:num_requests_waiting{replica="m-1",engine="0",model_name="m"} 2.0',
        '# HELP vllm:time_to_first_token_seconds Histogram of time to first token in seconds.',
        '# TYPE vllm:time_to_first_token_seconds histogram',
        ...['m-0', 'm-1'].flatMap((replica) => [
          `vllm:time_to_first_token_seconds_bucket{replica="${replica}",engine="0",le="+Inf",model_name="m"} 26.0`,
          `vllm:time_to_first_token_seconds_count{replica="${replica}",engine="0",model_name="m"} 26.0`,
          `vllm:time_to_first_token_seconds_sum{replica="${replica}",engine="0",model_name="m"} 1.795220102080968e+09`,
        ]),
        '',
      ].join('\n'),
    );
  });

  it('are nothing where a replica does not answer, or answers something else', () => {
    expect(mergeMetrics([{ replica: 'm-0', text: '' }])).toBe('');
    expect(mergeMetrics([{ replica: 'm-0', text: '<html>vllm:num_requests_waiting</html>' }])).toBe('');
  });
});
