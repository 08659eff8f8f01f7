import { Search } from 'lucide-react';
import { classNames } from './class-names.js';
import { Input } from './field.js';

interface Props {
  label: string;
  value: string;
  onChange: (value: string) => void;
  className?: string;
}

export function SearchBox({ label, value, onChange, className }: Props) {
  return (
    <div className={classNames('relative', className)}>
      <Search
        size={15}
        className="pointer-events-none absolute top-2.5 left-2.5 text-text-2"
        aria-hidden="true"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="pl-8"
      />
    </div>
  );
}
