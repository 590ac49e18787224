import type { DownloadedReport } from '../../domain/integrations/imports/downloaded-report.ts';

/**
 * Reports of Google Ads' report editor and of its tables' download button. They begin with a name and the days, end with totals,
 * and are UTF-16LE with tabs as "Excel .csv", UTF-8 with commas as ".csv". Titles: support.google.com/google-ads, "Columns".
 */
export const googleAdsDownloadedReport: DownloadedReport = {
  platform: 'google-ads',
  titles: {
    date: { en: ['Day', 'Date'], de: ['Tag', 'Datum'], fr: ['Jour', 'Date'], es: ['Día', 'Fecha'] },
    campaignPlatformId: {
      en: ['Campaign ID'],
      de: ['Kampagnen-ID'],
      fr: ['ID de campagne', 'ID de la campagne'],
      es: ['ID de campaña', 'ID de la campaña'],
    },
    campaignName: { en: ['Campaign'], de: ['Kampagne'], fr: ['Campagne'], es: ['Campaña'] },
    adGroupPlatformId: {
      en: ['Ad group ID'],
      de: ['Anzeigengruppen-ID'],
      fr: ["ID du groupe d'annonces", "ID de groupe d'annonces"],
      es: ['ID del grupo de anuncios', 'ID de grupo de anuncios'],
    },
    adGroupName: { en: ['Ad group'], de: ['Anzeigengruppe'], fr: ["Groupe d'annonces"], es: ['Grupo de anuncios'] },
    adPlatformId: {
      en: ['Ad ID'],
      de: ['Anzeigen-ID'],
      fr: ["ID de l'annonce", "ID d'annonce"],
      es: ['ID del anuncio', 'ID de anuncio'],
    },
    keywordPlatformId: {
      en: ['Keyword ID', 'Search keyword ID'],
      de: ['Keyword-ID'],
      fr: ['ID du mot clé', 'ID de mot clé'],
      es: ['ID de palabra clave', 'ID de la palabra clave'],
    },
    keyword: {
      en: ['Search keyword', 'Keyword'],
      de: ['Keyword für Suchnetzwerk', 'Keyword'],
      fr: ['Mot clé pour le Réseau de Recherche', 'Mot clé'],
      es: ['Palabra clave de búsqueda', 'Palabra clave'],
    },
    searchTerm: {
      en: ['Search term'],
      de: ['Suchbegriff'],
      fr: ['Terme de recherche'],
      es: ['Término de búsqueda'],
    },
    impressions: {
      en: ['Impr.', 'Impressions'],
      de: ['Impr.', 'Impressionen'],
      fr: ['Impr.', 'Impressions'],
      es: ['Impr.', 'Impresiones'],
    },
    clicks: { en: ['Clicks'], de: ['Klicks'], fr: ['Clics'], es: ['Clics'] },
    spend: { en: ['Cost'], de: ['Kosten'], fr: ['Coût'], es: ['Coste', 'Costo'] },
    conversions: { en: ['Conversions'], de: ['Conversions'], fr: ['Conversions'], es: ['Conversiones'] },
    conversionValue: {
      en: ['Conv. value', 'Conversion value', 'Total conv. value'],
      de: ['Conv.-Wert', 'Conversion-Wert'],
      fr: ['Valeur de conv.', 'Valeur de conversion'],
      es: ['Valor de conv.', 'Valor conv.', 'Valor de conversión'],
    },
    videoViews: {
      en: ['TrueView views', 'Views'],
      de: ['TrueView-Aufrufe', 'Aufrufe'],
      fr: ['Vues TrueView', 'Vues'],
      es: ['Visualizaciones TrueView', 'Visualizaciones'],
    },
    currency: {
      en: ['Currency code', 'Currency'],
      de: ['Währungscode', 'Währung'],
      fr: ['Code de devise', 'Code de la devise', 'Devise'],
      es: ['Código de moneda', 'Código de la moneda', 'Moneda'],
    },
    accountPlatformId: {
      en: ['Customer ID', 'External customer ID'],
      de: ['Kundennummer', 'Kunden-ID'],
      fr: ['ID client', 'Numéro client'],
      es: ['ID de cliente', 'ID del cliente'],
    },
    accountName: {
      en: ['Account name', 'Account'],
      de: ['Kontoname', 'Konto'],
      fr: ['Nom du compte', 'Compte'],
      es: ['Nombre de la cuenta', 'Cuenta'],
    },
  },
  dividing: [
    ...['Device', 'Gerät', 'Appareil', 'Dispositivo'],
    ...['Network', 'Network (with search partners)', 'Werbenetzwerk', 'Réseau', 'Red'],
    ...['Hour of the day', 'Stunde', 'Heure de la journée', 'Hora del día'],
    ...['Conversion action', 'Conversion-Aktion', 'Action de conversion', 'Acción de conversión'],
    ...['Age', 'Gender', 'Click type', 'Top vs. Other'],
  ],
  totals: ['Total', 'Gesamt', 'Insgesamt', 'Summe'],
  howTo:
    'In Google Ads: Insights and reports, Report editor; rows Day and Campaign ID (Ad group ID, Ad ID …), columns Impr., Clicks, Cost, Conversions, Conv. value, Currency code, Customer ID; download as .csv or Excel .csv.',
};
