let zone = 'UTC';
export const useTimeZone = (timeZone) => {
  zone = timeZone;
};
const format = (options) => (instant) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(new Date(instant));

export const timeOfDay = format({ hour: '2-digit', minute: '2-digit' });
export const dateAndTime = format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
export const dayName = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
export const dayAndTime = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
