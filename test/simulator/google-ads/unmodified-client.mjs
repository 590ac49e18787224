/** Runs the package as anyone would, with nothing overridden; where it connects to is decided by the environment alone. */
import { GoogleAdsApi } from 'google-ads-api';

const { clientId, clientSecret, developerToken, refreshToken, managerCustomerId } = JSON.parse(process.env.CREDENTIALS);
const client = new GoogleAdsApi({ client_id: clientId, client_secret: clientSecret, developer_token: developerToken });
const customer = client.Customer({
  customer_id: '4210000001',
  login_customer_id: managerCustomerId,
  refresh_token: refreshToken,
});

const accessible = await client.listAccessibleCustomers(refreshToken);
const rows = await customer.query('SELECT campaign.id, campaign.name FROM campaign LIMIT 2');
const streamed = [];
for await (const row of customer.queryStream('SELECT campaign.id, campaign.name FROM campaign LIMIT 2'))
  streamed.push(row);
process.stdout.write(JSON.stringify({ accessible, rows, streamed }));
process.exit(0);
