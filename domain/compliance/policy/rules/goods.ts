import type { PolicyRule } from '../policy-rule.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';
import { words } from './words.ts';

/** What may be advertised nowhere. */
export const goodsRules: readonly PolicyRule[] = [
  {
    id: 'goods.counterfeit',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        replica watch~, replica bag~, replica handbag~, replica shoes, replica rolex, fake rolex, fake designer,
        designer dupes, knock off designer, mirror quality bag~, super clone watch~, 1 1 replica, aaa replica,
        cloned watch~, Replika Uhren, Replica Uhren, gefälschte Marken*, gefälschte Rolex, Fake Rolex,
        Plagiate kaufen, réplique~ de montre~, réplique~ de sac~, contrefaçon~ de, fausse rolex, faux sacs,
        réplicas de relojes, relojes réplica, bolsos réplica, imitación de bolsos, rolex falso, bolsos falsos,
        zapatillas réplica
      `),
      except: [
        'contrefaçon de brevet',
        'replica shoes museum',
        'contrefaçon de marque',
        'stop fake designer',
        'spot fake designer',
        'spot a fake rolex',
        'detect fake designer',
      ],
    },
    severity: 'block',
    message:
      '“{match}”: copies of other people’s brands may not be advertised anywhere. Sell what is your own or licensed.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleCounterfeit),
    validFrom: '2020-01-01',
    passes: [passing('Ship replica kits for builders'), passing('How to spot a fake Rolex')],
    fails: [
      failing('Replica watches, fast delivery', 'Replica watches'),
      failing('Replika Uhren ab heute', 'Replika Uhren'),
      failing('Répliques de montres de luxe', 'Répliques de montres'),
      failing('Bolsos réplica de lujo', 'Bolsos réplica'),
    ],
  },
  {
    id: 'goods.dishonest',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        fake passport~, fake id, fake ids, fake diploma~, fake degree~, fake documents, buy a diploma, hack any,
        hack facebook, hack instagram, hack his phone, hack her phone, hacking service~, hire a hacker,
        spy on your wife, spy on your husband, spy on your girlfriend, spy on your partner, essay writing service~,
        we write your essay, pass any drug test, phone cloning, radar jammer~, counterfeit money, fake money,
        cracked software, gefälschter Ausweis, falscher Pass, Führerschein kaufen, Doktortitel kaufen,
        Diplom kaufen, Hacker mieten, Falschgeld, Handy deines Partners, Ghostwriter Bachelorarbeit, faux diplôme~,
        faux passeport~, faux papiers, acheter un diplôme, pirater un compte, pirater facebook,
        espionner votre conjoint, acheter permis de conduire, faux billets, pasaporte~ falso~, título~ falso~,
        diploma~ falso~, comprar título, hackear facebook, hackear instagram, espiar a tu pareja,
        contratar un hacker, billetes falsos, dni falso
      `),
      except: words(`
        fake money detector~, counterfeit money detector~, detect fake id, spot fake id, detect fake documents,
        hire a hacker ethical, detector de billetes falsos, détecteur de faux billets, hack any weeknight dinner,
        fake id scanner, faux papiers peints, spot fake ids, detect fake ids, detección de billetes falsos,
        Falschgeld Prüfer, Falschgeldprüf*, Falschgeld erkennen
      `),
    },
    severity: 'block',
    message: '“{match}” helps to deceive others or to break into what is theirs. No platform shows it.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleDishonest),
    validFrom: '2020-01-01',
    passes: [passing('Counterfeit money detector'), passing('Hackathon for students')],
    fails: [
      failing('Buy a fake passport', 'fake passport'),
      failing('Hacker mieten, diskret', 'Hacker mieten'),
      failing('Faux diplômes en 24 h', 'Faux diplômes'),
      failing('Espiar a tu pareja es fácil', 'Espiar a tu pareja'),
    ],
  },
];
