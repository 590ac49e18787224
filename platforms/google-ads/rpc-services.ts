/** A service this system calls over gRPC: which methods only read, which change something. */
interface RpcService {
  readonly proto: string;
  readonly methods: readonly string[];
}

/**
 * The services in use. Everything that changes a platform goes through `GoogleAdsService.Mutate`; another service is
 * refused until it stands here with its methods, because the package's defaults for it would retry its writes.
 */
export const rpcServices: Readonly<Record<string, RpcService>> = {
  GoogleAdsServiceClient: {
    proto: 'google.ads.googleads.v25.services.GoogleAdsService',
    methods: ['Search', 'SearchStream', 'Mutate'],
  },
  CustomerServiceClient: {
    proto: 'google.ads.googleads.v25.services.CustomerService',
    methods: ['ListAccessibleCustomers', 'MutateCustomer', 'CreateCustomerClient'],
  },
};
