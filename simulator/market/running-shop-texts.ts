/** What the simulated advertiser, a running-shoe shop, says in each of its markets. */

const languages = ['de', 'en', 'ja'] as const;
export type Language = (typeof languages)[number];

interface ThemeTexts {
  readonly name: string;
  readonly keywords: readonly string[];
}

export type ThemeKey = keyof typeof themes;

/** One theme is one ad group: a topic people search for. */
export const themes = {
  brand: {
    path: 'start',
    de: { name: 'Marke', keywords: ['strider', 'strider laufschuhe', 'strider shop', 'strider online'] },
    en: { name: 'Brand', keywords: ['strider', 'strider running shoes', 'strider store', 'strider official'] },
    ja: { name: 'ブランド', keywords: ['ストライダー', 'ストライダー シューズ', 'ストライダー 公式', 'strider 靴'] },
  },
  men: {
    path: 'men',
    de: {
      name: 'Laufschuhe Herren',
      keywords: [
        'laufschuhe herren',
        'joggingschuhe herren',
        'laufschuhe männer kaufen',
        'gute laufschuhe herren',
        'leichte laufschuhe herren',
      ],
    },
    en: {
      name: 'Running Shoes Men',
      keywords: [
        'mens running shoes',
        'running shoes for men',
        'best mens running shoes',
        'lightweight running shoes men',
        'mens jogging shoes',
      ],
    },
    ja: {
      name: 'ランニングシューズ メンズ',
      keywords: [
        'ランニングシューズ メンズ',
        'ジョギングシューズ メンズ',
        '軽量 ランニングシューズ',
        'メンズ 靴 ランニング',
      ],
    },
  },
  women: {
    path: 'women',
    de: {
      name: 'Laufschuhe Damen',
      keywords: [
        'laufschuhe damen',
        'joggingschuhe damen',
        'laufschuhe frauen kaufen',
        'damen laufschuhe leicht',
        'laufschuhe damen test',
      ],
    },
    en: {
      name: 'Running Shoes Women',
      keywords: [
        'womens running shoes',
        'running shoes for women',
        'best womens running shoes',
        'cushioned running shoes women',
        'womens jogging shoes',
      ],
    },
    ja: {
      name: 'ランニングシューズ レディース',
      keywords: [
        'ランニングシューズ レディース',
        'ジョギングシューズ レディース',
        'レディース 靴 ランニング',
        '女性 ランニングシューズ',
      ],
    },
  },
  trail: {
    path: 'trail',
    de: {
      name: 'Trailrunning',
      keywords: ['trailrunning schuhe', 'trail laufschuhe', 'geländelaufschuhe', 'trailschuhe wasserdicht'],
    },
    en: {
      name: 'Trail Running',
      keywords: ['trail running shoes', 'waterproof trail shoes', 'best trail runners', 'off road running shoes'],
    },
    ja: {
      name: 'トレイルランニング',
      keywords: ['トレイルランニングシューズ', 'トレラン シューズ', '防水 トレランシューズ', '山 ランニング 靴'],
    },
  },
  marathon: {
    path: 'marathon',
    de: {
      name: 'Marathon und Wettkampf',
      keywords: ['marathon schuhe', 'wettkampfschuhe laufen', 'carbon laufschuhe', 'schnelle laufschuhe'],
    },
    en: {
      name: 'Marathon and Racing',
      keywords: ['marathon shoes', 'carbon plate running shoes', 'racing flats', 'fast running shoes'],
    },
    ja: {
      name: 'マラソン',
      keywords: ['マラソン シューズ', 'カーボン ランニングシューズ', '厚底 シューズ', 'レース用 シューズ'],
    },
  },
  cushioned: {
    path: 'comfort',
    de: {
      name: 'Gedämpfte Laufschuhe',
      keywords: ['laufschuhe mit dämpfung', 'laufschuhe gelenkschonend', 'laufschuhe knieprobleme'],
    },
    en: {
      name: 'Cushioned Shoes',
      keywords: ['cushioned running shoes', 'running shoes for bad knees', 'max cushion shoes'],
    },
    ja: { name: 'クッション', keywords: ['クッション ランニングシューズ', '膝に優しい シューズ', '厚底 ジョギング'] },
  },
  competitors: {
    path: 'compare',
    de: {
      name: 'Andere Marken',
      keywords: ['laufschuhe marken vergleich', 'laufschuhe testsieger', 'alternative zu bekannten laufschuhen'],
    },
    en: {
      name: 'Other Brands',
      keywords: ['running shoe brands compared', 'top rated running shoes', 'running shoe alternatives'],
    },
    ja: {
      name: '他ブランド',
      keywords: ['ランニングシューズ 比較', 'ランニングシューズ おすすめ', 'ランニングシューズ ランキング'],
    },
  },
  apparel: {
    path: 'apparel',
    de: {
      name: 'Laufbekleidung',
      keywords: ['laufjacke', 'laufhose herren', 'laufshirt damen', 'laufbekleidung winter'],
    },
    en: {
      name: 'Running Apparel',
      keywords: ['running jacket', 'running tights', 'running shirts women', 'winter running gear'],
    },
    ja: {
      name: 'ランニングウェア',
      keywords: ['ランニングウェア', 'ランニングジャケット', 'ランニングタイツ', '冬 ランニングウェア'],
    },
  },
  clearance: {
    path: 'sale',
    de: { name: 'Auslaufmodelle', keywords: ['laufschuhe sale', 'laufschuhe reduziert', 'laufschuhe angebote'] },
    en: { name: 'Clearance', keywords: ['running shoes sale', 'discount running shoes', 'cheap running shoes'] },
    ja: {
      name: 'セール',
      keywords: ['ランニングシューズ セール', 'ランニングシューズ 安い', 'ランニングシューズ アウトレット'],
    },
  },
} as const satisfies Record<string, { path: string } & Record<Language, ThemeTexts>>;

/** Responsive search ads. `{theme}` is the ad group's name. Headlines have at most 30 characters, Japanese 15. */
export const adTexts: Record<
  Language,
  readonly { readonly headlines: readonly string[]; readonly descriptions: readonly string[] }[]
> = {
  de: [
    {
      headlines: ['Laufschuhe von Strider', '30 Tage Probelaufen', 'Versand heute'],
      descriptions: [
        '30 Tage testen, auch draußen. Passt der Schuh nicht, geht er kostenlos zurück.',
        'Laufberatung per Video, Versand am selben Tag.',
      ],
    },
    {
      headlines: ['Dein nächster Laufschuh', 'Beratung vom Läufer', 'Gratis Rückversand'],
      descriptions: [
        'Unsere Läufer finden mit dir den Schuh, der zu Fuß und Strecke passt.',
        'Über 200 Modelle auf Lager.',
      ],
    },
    {
      headlines: ['Strider Laufladen', 'Neue Saison ist da', 'Ab 79 Euro'],
      descriptions: ['Leicht, gedämpft, haltbar: die neue Kollektion ab 79 Euro.', 'In 48 Stunden bei dir.'],
    },
  ],
  en: [
    {
      headlines: ['Strider Running Shoes', '30 Day Test Run', 'Ships Today'],
      descriptions: [
        'Run in them for 30 days. If they do not fit, send them back free.',
        'Video fitting with a runner, same day dispatch.',
      ],
    },
    {
      headlines: ['Find Your Next Shoe', 'Fitted By Runners', 'Free Returns'],
      descriptions: ['Our runners match the shoe to your foot and your route.', 'More than 200 models in stock.'],
    },
    {
      headlines: ['The Strider Run Store', 'New Season Is Here', 'From $89'],
      descriptions: ['Light, cushioned, durable: the new collection from $89.', 'At your door in two days.'],
    },
  ],
  ja: [
    {
      headlines: ['ストライダーの靴', '30日間お試し', '当日発送'],
      descriptions: ['30日間、外で走って試せます。合わなければ返品無料。', 'ランナーがビデオで相談に応じます。'],
    },
    {
      headlines: ['次の一足を見つける', 'ランナーが選ぶ', '返品無料'],
      descriptions: ['足とコースに合う一足をランナーが一緒に選びます。', '200モデル以上の在庫。'],
    },
    {
      headlines: ['ストライダー公式店', '新作入荷', '9,800円から'],
      descriptions: ['軽くて丈夫な新作コレクション、9,800円から。', '最短翌日お届け。'],
    },
  ],
};

export const videoTexts: Record<Language, readonly string[]> = {
  de: ['Der erste Kilometer (30 s)', 'Morgens um fünf (15 s)', 'Wald, Regen, egal (6 s)'],
  en: ['The First Mile (30 s)', 'Five In The Morning (15 s)', 'Rain Or Shine (6 s)'],
  ja: ['最初の1キロ（30秒）', '朝5時（15秒）', '雨でも走る（6秒）'],
};
