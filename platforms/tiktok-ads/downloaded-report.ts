import type { DownloadedReport } from '../../domain/integrations/imports/downloaded-report.ts';

/**
 * Custom reports of TikTok Ads Manager, downloaded as CSV (UTF-8) or XLSX: one row of titles and a row of totals at the end. The
 * clicks of the API are "Clicks (destination)"; "Clicks (all)" counts likes and profile visits too and is not read.
 */
export const tiktokAdsDownloadedReport: DownloadedReport = {
  platform: 'tiktok-ads',
  titles: {
    date: {
      en: ['By Day', 'Date', 'Day'],
      de: ['Nach Tag', 'Datum'],
      fr: ['Par jour', 'Date'],
      es: ['Por día', 'Fecha'],
    },
    campaignPlatformId: {
      en: ['Campaign ID'],
      de: ['Kampagnen-ID'],
      fr: ['ID de la campagne', 'ID de campagne'],
      es: ['ID de la campaña', 'ID de campaña'],
    },
    campaignName: {
      en: ['Campaign name'],
      de: ['Kampagnenname'],
      fr: ['Nom de la campagne', 'Nom de campagne'],
      es: ['Nombre de la campaña', 'Nombre de campaña'],
    },
    adGroupPlatformId: {
      en: ['Ad group ID'],
      de: ['Anzeigengruppen-ID'],
      fr: ["ID du groupe d'annonces", 'ID du groupe de publicités'],
      es: ['ID del grupo de anuncios'],
    },
    adGroupName: {
      en: ['Ad group name'],
      de: ['Anzeigengruppenname', 'Name der Anzeigengruppe'],
      fr: ["Nom du groupe d'annonces", 'Nom du groupe de publicités'],
      es: ['Nombre del grupo de anuncios'],
    },
    adPlatformId: {
      en: ['Ad ID'],
      de: ['Anzeigen-ID'],
      fr: ["ID de l'annonce", 'ID de la publicité'],
      es: ['ID del anuncio'],
    },
    adName: {
      en: ['Ad name'],
      de: ['Anzeigenname', 'Name der Anzeige'],
      fr: ["Nom de l'annonce", 'Nom de la publicité'],
      es: ['Nombre del anuncio'],
    },
    impressions: { en: ['Impressions', 'Impression'], de: ['Impressionen'], fr: ['Impressions'], es: ['Impresiones'] },
    clicks: {
      en: ['Clicks (destination)', 'Clicks', 'Click'],
      de: ['Klicks (Ziel)', 'Klicks'],
      fr: ['Clics (destination)', 'Clics'],
      es: ['Clics (destino)', 'Clics'],
    },
    spend: {
      en: ['Cost', 'Total cost', 'Amount spent'],
      de: ['Kosten', 'Gesamtkosten'],
      fr: ['Coût', 'Coût total'],
      es: ['Coste', 'Costo', 'Coste total', 'Costo total'],
    },
    conversions: {
      en: ['Conversions', 'Conversion'],
      de: ['Conversions', 'Konversionen'],
      fr: ['Conversions'],
      es: ['Conversiones'],
    },
    conversionValue: { en: ['Total purchase value'] },
    leadValue: { en: ['Total sales lead value'] },
    videoViews: {
      en: ['Video views'],
      de: ['Videoaufrufe', 'Video-Aufrufe'],
      fr: ['Vues de la vidéo', 'Vues vidéo'],
      es: ['Visualizaciones de vídeo', 'Visualizaciones de video'],
    },
    currency: { en: ['Currency'], de: ['Währung'], fr: ['Devise'], es: ['Moneda', 'Divisa'] },
    accountPlatformId: {
      en: ['Account ID', 'Advertiser ID'],
      de: ['Konto-ID', 'Account-ID'],
      fr: ['ID du compte'],
      es: ['ID de la cuenta', 'ID de cuenta'],
    },
    accountName: {
      en: ['Account name', 'Advertiser name'],
      de: ['Kontoname'],
      fr: ['Nom du compte'],
      es: ['Nombre de la cuenta'],
    },
  },
  dividing: [
    'By Hour',
    'Age',
    'Gender',
    'Placement',
    'Country/Region',
    'Country/region',
    'Operating system',
    'Alter',
    'Geschlecht',
  ],
  totals: ['Total', 'Gesamt', 'Totale'],
  sums: { conversionValue: ['conversionValue', 'leadValue'] },
  howTo:
    'In TikTok Ads Manager: Analytics, Custom reports; dimensions Campaign ID (Ad group ID, Ad ID) and By Day, metrics Cost, Impressions, Clicks (destination), Conversions, Currency; export as CSV or XLSX.',
};
