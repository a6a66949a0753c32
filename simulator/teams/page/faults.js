import { element, toast } from './dom.js';
import { get, post } from './requests.js';

/** What can be wrong with Azure as a whole; the control routes know more. */
const states = [
  { kind: undefined, title: 'Azure: all well', said: 'Azure answers as usual again.' },
  { kind: 'latency', title: 'Azure: slow', said: 'Every call to Azure now takes three seconds longer.' },
  { kind: '503', title: 'Azure: down', said: 'Azure now answers every call with 503.' },
  { kind: '429', title: 'Azure: throttles', said: 'Azure now answers every call with 429.' },
];
const otherTitle = 'Azure: other faults';

/** Shows how Azure is and lets one choose; undefined where this world has no faults. */
export const faultChoice = (state) => {
  if (!state.controls.includes('POST /simulator/faults')) return undefined;
  const other = element('option', { value: 'other', hidden: true, disabled: true }, otherTitle);
  const choice = element(
    'select',
    { class: 'faults', 'aria-label': 'Faults', onchange: () => void choose() },
    states.map(({ kind, title }) => element('option', { value: kind ?? '' }, title)),
    other,
  );
  const showPresent = ({ faults }) => {
    const [first, ...more] = faults;
    const known = more.length === 0 && states.find(({ kind }) => kind === first?.kind);
    choice.value = known ? (known.kind ?? '') : 'other';
    choice.classList.toggle('faulty', faults.length > 0);
  };
  const look = async () => showPresent(await get('/simulator/faults'));
  const choose = async () => {
    const { kind, said } = states.find((one) => (one.kind ?? '') === choice.value);
    try {
      const cleared = await post('/simulator/faults/clear', {});
      showPresent(kind === undefined ? cleared : await post('/simulator/faults', { kind }));
      toast(said);
    } catch (error) {
      toast(error.message, 'failed');
      await look();
    }
  };
  // Another window or a script may have changed it meanwhile.
  window.addEventListener('focus', () => void look());
  void look();
  return choice;
};
