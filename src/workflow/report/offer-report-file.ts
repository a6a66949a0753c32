import { GovernanceError } from '../../core/governance-error.ts';
import { samePerson, type Person } from '../../core/person.ts';
import type { ReportOffer } from '../../core/report/report-offer.ts';
import { checkedPeriod, instantsOf, type ReportPeriod } from '../../core/report/report-period.ts';
import type { Desk } from '../desk.ts';
import { everyListed } from '../inventory/kept-exemptions.ts';
import { makeReport } from './make-report.ts';
import { reportCsv } from './report-csv.ts';

export type ReportFile = { readonly name: string; readonly content: Uint8Array };

export type FileOffer = {
  /** Identifies the offer; it grants no permission. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
};

const offerHolds = 24 * 60 * 60_000;

const largest = 50 * 1024 * 1024;

const fileOf = async (desk: Desk, person: Person, period: ReportPeriod): Promise<ReportFile> => {
  const report = await makeReport(desk, { person, channelId: undefined }, period);
  const csv = await reportCsv(
    report,
    everyListed(desk, report.listed, report.viewpoint.hierarchy),
    desk.database.requests.inPeriod({ inSight: report.inSight, ...instantsOf(report.period, desk.timeZone) }),
  );
  if (csv === undefined) throw new GovernanceError('not-found', 'There is nothing in that report that you may see.');
  const content = new TextEncoder().encode(csv);
  if (content.length > largest)
    throw new GovernanceError(
      'invalid',
      'That report is too large for one file. Ask for fewer days, for example: report 2026-11-01 2026-11-30',
    );
  return { name: `exemption-report-${period.fromDay}-to-${period.toDay}.csv`, content };
};

/**
 * Offers somebody their report as a file. Only the person and the days are stored, not the content. Throws GovernanceError if there is
 * nothing to send.
 */
export const offerReportFile = async (desk: Desk, person: Person, wanted: ReportPeriod): Promise<FileOffer> => {
  const period = checkedPeriod(wanted, desk.now(), desk.timeZone);
  const { name, content } = await fileOf(desk, person, period);
  const id = desk.newId();
  await desk.database.reportOffers.save({ id, asker: person, period, offeredAt: desk.now() });
  const description = 'CSV file of the exemptions that you can see and their requests';
  return { id, name, description, sizeInBytes: content.length };
};

/** An offer to somebody else counts as no offer. */
const offerTo = async (desk: Desk, person: Person, id: string): Promise<ReportOffer> => {
  const offer = await desk.database.reportOffers.find(id);
  const isOpen = offer !== undefined && desk.now().getTime() - offer.offeredAt.getTime() < offerHolds;
  if (!isOpen || !samePerson(offer.asker, person))
    throw new GovernanceError('not-found', 'That file is no longer on offer. For a new one, send: report');
  return offer;
};

/**
 * Makes the offered file with the permissions that the person has now, and gives it out once. Throws GovernanceError not-found for an offer that
 * has ended or was made to somebody else.
 */
export const takeReportFile = async (desk: Desk, person: Person, id: string): Promise<ReportFile> => {
  const { period } = await offerTo(desk, person, id);
  const file = await fileOf(desk, person, period);
  if (!(await desk.database.reportOffers.remove(id)))
    throw new GovernanceError('conflict', 'That file was already sent.');
  return file;
};

/** Deletes an offer that was declined. */
export const declineReportFile = async (desk: Desk, person: Person, id: string): Promise<void> => {
  await offerTo(desk, person, id);
  await desk.database.reportOffers.remove(id);
};
