import type { DownloadedReport } from '../../domain/integrations/imports/downloaded-report.ts';

/**
 * Performance reports of LinkedIn Campaign Manager: UTF-16LE with tabs, a few title rows above the columns. LinkedIn's campaign
 * group is our campaign, its campaign our ad group, its creative our ad. Days are UTC days for every account.
 */
export const linkedInAdsDownloadedReport: DownloadedReport = {
  platform: 'linkedin-ads',
  titles: {
    date: {
      en: ['Start Date (in UTC)', 'Date (in UTC)'],
      de: ['Startdatum (in UTC)', 'Startdatum (UTC)'],
      fr: ['Date de début (en UTC)', 'Date de début (UTC)'],
      es: ['Fecha de inicio (en UTC)', 'Fecha de inicio (UTC)'],
    },
    campaignPlatformId: {
      en: ['Campaign Group ID', 'Campaign group ID'],
      de: ['Kampagnengruppen-ID'],
      fr: ['ID du groupe de campagnes', 'ID de groupe de campagnes'],
      es: ['ID del grupo de campañas', 'ID de grupo de campañas'],
    },
    campaignName: {
      en: ['Campaign Group Name'],
      de: ['Kampagnengruppenname', 'Name der Kampagnengruppe'],
      fr: ['Nom du groupe de campagnes'],
      es: ['Nombre del grupo de campañas'],
    },
    adGroupPlatformId: {
      en: ['Campaign ID'],
      de: ['Kampagnen-ID'],
      fr: ['ID de la campagne', 'ID de campagne'],
      es: ['ID de la campaña', 'ID de campaña'],
    },
    adGroupName: {
      en: ['Campaign Name'],
      de: ['Kampagnenname', 'Name der Kampagne'],
      fr: ['Nom de la campagne', 'Nom de campagne'],
      es: ['Nombre de la campaña', 'Nombre de campaña'],
    },
    adPlatformId: {
      en: ['Creative ID', 'Ad ID'],
      de: ['Anzeigen-ID', 'Creative-ID'],
      fr: ['ID de la création publicitaire', 'ID de la publicité'],
      es: ['ID del contenido publicitario', 'ID del anuncio'],
    },
    adName: {
      en: ['Creative Name', 'Ad Name'],
      de: ['Anzeigenname'],
      fr: ['Nom de la création publicitaire', 'Nom de la publicité'],
      es: ['Nombre del contenido publicitario', 'Nombre del anuncio'],
    },
    impressions: { en: ['Impressions'], de: ['Impressions', 'Impressionen'], fr: ['Impressions'], es: ['Impresiones'] },
    clicks: { en: ['Clicks'], de: ['Klicks'], fr: ['Clics'], es: ['Clics'] },
    spend: {
      en: ['Total Spent'],
      de: ['Gesamtausgaben', 'Ausgegebener Gesamtbetrag'],
      fr: ['Total dépensé', 'Dépenses totales'],
      es: ['Total gastado', 'Gasto total'],
    },
    conversions: {
      en: ['Conversions'],
      de: ['Konversionen', 'Conversions'],
      fr: ['Conversions'],
      es: ['Conversiones'],
    },
    leads: { en: ['Leads'], de: ['Leads'], fr: ['Leads'], es: ['Leads', 'Contactos'] },
    conversionValue: { en: ['Total Conversion Value'] },
    videoViews: {
      en: ['Video Views', 'Views'],
      de: ['Videoaufrufe'],
      fr: ['Vues de la vidéo', 'Vues'],
      es: ['Visualizaciones de vídeo'],
    },
    currency: { en: ['Currency'], de: ['Währung'], fr: ['Devise'], es: ['Moneda', 'Divisa'] },
    accountPlatformId: { en: ['Account ID'], de: ['Konto-ID'], fr: ['ID du compte'], es: ['ID de la cuenta'] },
    accountName: { en: ['Account Name'], de: ['Kontoname'], fr: ['Nom du compte'], es: ['Nombre de la cuenta'] },
  },
  dividing: [
    'Device Type',
    'Placement',
    'Country/Region',
    'Job Function',
    'Job Title',
    'Company Name',
    'Seniority',
    'Conversion Name',
  ],
  totals: ['Total', 'Gesamt'],
  timeZone: 'UTC',
  sums: { conversions: ['conversions', 'leads'] },
  howTo:
    'In LinkedIn Campaign Manager: Export, Campaign or Ad performance, time breakdown Daily, as CSV. Its rows carry Campaign Group ID, Campaign ID and Creative ID.',
};
