/** The connector of Defender to an account of another cloud, with the resources that its secure score counts. */
export type Connector = {
  readonly id: string;
  readonly resourceGroup: string;
  readonly environment: 'AWS' | 'GCP';
  readonly healthy: number;
  readonly unhealthy: number;
  /** Assessments of Defender in this connector, one by one; undefined: it has scores only. */
  readonly assessed?: readonly CloudAssessment[];
};

/** A recommendation on a resource of another cloud. */
export type CloudAssessment = {
  readonly assessmentKey: string;
  readonly displayName: string;
  readonly severity: string;
  /** Its name in the other cloud, such as an ARN. */
  readonly nativeId: string;
  readonly unhealthy: boolean;
};
