import { counted } from '../../core/first-few.ts';

const minute = 60_000;

/** A duration in its two largest units: "35 min", "3 h 20 min", "2 days 4 h". */
export const durationWords = (milliseconds: number): string => {
  const minutes = Math.max(0, Math.round(milliseconds / minute));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return [`${hours} h`, ...(minutes % 60 === 0 ? [] : [`${minutes % 60} min`])].join(' ');
  return [counted(Math.floor(hours / 24), 'day'), ...(hours % 24 === 0 ? [] : [`${hours % 24} h`])].join(' ');
};
