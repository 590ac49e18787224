import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import {
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './constructs/acknowledge.ts';
import type { Lake } from './constructs/needs.ts';
import { userPoolDomainPrefix } from './identity-stack.ts';
import type { Stage } from './stage.ts';

/** The dashboard's files behind CloudFront. `npm run deploy` uploads them and writes /config.json. */
export class DashboardStack extends Stack {
  /** `https://d111.cloudfront.net`, or the stage's own. */
  readonly origin: string;

  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { readonly stage: Stage; readonly accessLogs: Bucket; readonly lake: Lake },
  ) {
    super(scope, id, props);
    const { stage } = props;

    const files = new Bucket(this, 'Files', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      serverAccessLogsBucket: props.accessLogs as IBucket,
      serverAccessLogsPrefix: 'dashboard/',
      removalPolicy: stage.removal,
    });

    const identity = `https://${userPoolDomainPrefix(stage)}.auth.${stage.region}.amazoncognito.com https://cognito-idp.${stage.region}.amazonaws.com`;
    const api = `https://*.execute-api.${stage.region}.amazonaws.com`;
    // Pictures of generated ads, by links that open for an hour.
    const pictures = `https://${props.lake.bucketName}.s3.${stage.region}.amazonaws.com`;
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      comment: `Security headers of the ${stage.name} dashboard`,
      securityHeadersBehavior: {
        contentSecurityPolicy: {
          override: true,
          contentSecurityPolicy: [
            "default-src 'self'",
            `connect-src 'self' ${api} ${identity}`,
            `img-src 'self' data: ${pictures}`,
            "style-src 'self' 'unsafe-inline'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
          ].join('; '),
        },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
      },
    });

    const distribution = new Distribution(this, 'Distribution', {
      comment: `Conext Ads dashboard, ${stage.name}`,
      defaultRootObject: 'index.html',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(files as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: headers,
      },
      // Every page is the one application; S3 answers 403 for keys that do not exist.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 200,
        responsePagePath: '/index.html',
        ttl: Duration.minutes(1),
      })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: props.accessLogs as IBucket,
      logFilePrefix: 'cloudfront/',
    });
    acknowledge(
      distribution,
      'The audience is not restricted by country; TLS 1.2 follows with the stage’s own domain and certificate; WAF stands before the API, these are static files.',
      'AwsSolutions-CFR1',
      'AwsSolutions-CFR2',
      'AwsSolutions-CFR4',
    );

    this.origin = stage.dashboardOrigin ?? `https://${distribution.distributionDomainName}`;
    new CfnOutput(this, 'DashboardUrl', { value: this.origin });
    new CfnOutput(this, 'FilesBucket', { value: files.bucketName });
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
  }
}
