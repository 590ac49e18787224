import type { PolicyRule } from '../policy-rule.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';
import { words } from './words.ts';

/** "Are you", in four languages: what follows is said of whoever reads. */
const areYou = words(`
  are you, you are, you re, as a, because you re, because you are, if you re, if you are, tired of being,
  sick of being, bist du, du bist, sind Sie, Sie sind, als, weil du, da du, êtes vous, vous êtes, es tu, tu es,
  en tant que, eres, es usted, usted es, estás, está usted, como, si eres
`);
const haveYou = words(`
  your, do you have, you have, you ve got, suffering from, suffer from, struggling with, living with,
  diagnosed with, you suffer, dein, deine, deinem, deinen, deiner, Ihre, Ihrem, Ihren, Ihr, hast du, haben Sie,
  leidest du unter, leiden Sie unter, leiden Sie an, leidest du an, du leidest, votre, vos, ton, ta, tes, avez vous,
  as tu, souffrez vous, souffrez vous de, vous souffrez, tu, tus, su, tienes, tiene usted, sufres, sufre, sufres de,
  padeces
`);

/** Swearwords in four languages, and what holds one and is none. */
export const swearWords = {
  any: words(`
        fuck, fucks, fucking, fucked, fucker, motherfucker, shit, shitty, bullshit, bitch, bitches, asshole~,
        arsehole~, bastard~, cunt~, wanker~, dickhead~, pussy, slut~, whore~, damn it, Scheiße, Scheiss, Scheiß,
        beschissen~, Arschloch, Arschlöcher, Fotze, Wichser, ficken, gefickt, Hurensohn, verfickt~, Schlampe~,
        putain, merde, connard~, connasse~, salope~, enculé~, bordel de merde, foutre, nique ta, couilles, joder,
        jodido, jodida, mierda, puta, puto, gilipollas, cabrón, cabrones, hijo de puta, coño, pendejo~, chingar,
        cojones
      `),
  except: ['pussy willow~', 'pussy cat~', 'pussy bow~', 'bitch diesel', 'shit zu', 'je m en foutre'],
};

export const peopleRules: readonly PolicyRule[] = [
  {
    id: 'people.personal-attribute',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'personal-attribute',
      pairs: [
        {
          cues: areYou,
          attributes: words(`
            depressed, diabetic, overweight, obese, fat, gay, lesbian, bisexual, transgender, muslim, jewish,
            christian, hindu, buddhist, atheist, pregnant, infertile, bankrupt, in debt, alcoholic, an addict,
            disabled, autistic, hiv positive, an immigrant, divorced, bipolar, impotent, latino, latina, hispanic,
            african american, ugly, a republican, a democrat, bald, balding, anorexic, drowning in debt, suicidal,
            ex offender, a felon, unemployed, broke, depressiv, Diabetiker, Diabetikerin, übergewichtig, dick,
            schwul, lesbisch, Muslim, Muslima, Jude, Jüdin, Christ, schwanger, pleite, verschuldet, überschuldet,
            insolvent, Alkoholiker, behindert, HIV positiv, Migrant, geschieden, impotent, unfruchtbar, arbeitslos,
            süchtig, dépressif, dépressive, diabétique~, en surpoids, obèse~, gros, grosse, gay, homosexuel,
            homosexuelle, lesbienne, musulman, musulmane, juif, juive, catholique, enceinte, endetté, endettée,
            surendetté, surendettée, alcoolique, handicapé, handicapée, séropositif, divorcé, divorcée, stérile,
            impuissant, immigré, au chômage, chauve, deprimido, deprimida, diabético, diabética, gordo, gorda,
            obeso, obesa, gay, homosexual, lesbiana, musulmán, musulmana, judío, judía, católico, católica,
            embarazada, endeudado, endeudada, alcohólico, alcohólica, discapacitado, discapacitada, seropositivo,
            divorciado, divorciada, estéril, impotente, inmigrante, en paro, calvo
          `),
        },
        {
          cues: haveYou,
          attributes: words(`
            depression, diabetes, obesity, hiv, aids, cancer, herpes, std, erectile dysfunction, infertility,
            addiction, alcoholism, bipolar disorder, schizophrenia, eating disorder, anxiety disorder, bad credit,
            poor credit, debt, debts, bankruptcy, criminal record, sexual orientation, religion, ethnicity,
            disability, adhd, autism, impotence, baldness, acne, miscarriage, divorce, dementia, incontinence,
            haemorrhoids, hemorrhoids, panic attacks, suicidal thoughts, Depression, Depressionen, Diabetes,
            Übergewicht, Krebs, Herpes, Erektionsstörung*, Potenzprobleme, Unfruchtbarkeit, Sucht, Alkoholsucht,
            Schulden, Insolvenz, Vorstrafe~, Religion, Behinderung, Inkontinenz, Hämorrhoiden, Scheidung,
            Essstörung, negative Schufa, schlechte Schufa, ADHS, Glatze, dépression, diabète, obésité, surpoids,
            cancer, herpès, troubles de l érection, infertilité, addiction, alcoolisme, dettes, surendettement,
            casier judiciaire, religion, handicap, incontinence, hémorroïdes, divorce, calvitie, depresión,
            diabetes, obesidad, sobrepeso, cáncer, herpes, disfunción eréctil, infertilidad, adicción, alcoholismo,
            deudas, antecedentes penales, religión, discapacidad, incontinencia, hemorroides, divorcio, calvicie,
            sida
          `),
        },
      ],
      except: words(`
        cancer research, cancer research uk, cancer charity, big fat, fat tyre~, fat tire~, fat quarter~, fat free,
        fat bike~, low fat, diabetes team, diabetes clinic, diabetes nurses, data debt, technical debt, tech debt,
        tropic of cancer, christian dior, christian louboutin, acne studios, gros rouleaux, grosse commande,
        gros volumes, gros œuvre, gros colis, security debt, als Christ baum, dick eingepackt, dicke, como gorda,
        hot cross buddhist, design debt, als Jude Law, broke down, broken, sleep debt
      `),
    },
    severity: 'block',
    message:
      '“{match}” tells readers something private about themselves (health, money, faith, origin, sexuality). Platforms refuse it: speak of the product instead, “Help with debt”, not “Your debts”.',
    rewrite: { how: 'drop-sentence' },
    source: eachPlatform(sources.googlePersonalized),
    validFrom: '2020-01-01',
    passes: [
      passing('Support for people with diabetes', { field: 'descriptions.0' }),
      passing('Are you ready for the marathon?', { field: 'descriptions.0' }),
      passing('Ihre Schuhe für den Herbst', { field: 'descriptions.0' }),
    ],
    fails: [
      failing('Are you overweight? Our app helps you eat well', 'Are you overweight', { field: 'descriptions.0' }),
      failing('Haben Sie Schulden? Wir beraten kostenlos', 'Haben Sie Schulden', { field: 'descriptions.0' }),
      failing('Êtes-vous diabétique ? Des recettes simples', 'Êtes-vous diabétique', { field: 'descriptions.0' }),
      failing('¿Tienes depresión? Habla con nosotros', 'Tienes depresión', { field: 'descriptions.0' }),
    ],
  },
  {
    id: 'people.discrimination',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        no kids, no children, no foreigners, no immigrants, whites only, white only, men only, males only,
        male only, women only, females only, female only, christians only, no muslims, no blacks, natives only,
        native speakers only, under 30 only, under 35 only, young people only, no disabled, no benefits claimants,
        no dss, able bodied only, singles only no families, young and energetic only, recent graduates only,
        keine Ausländer, nur Deutsche, nur Männer, nur Frauen, nur für Männer, keine Kinder, keine Muslime,
        nur junge, nicht älter als, nur Muttersprachler, keine Behinderten, junge Mitarbeiterin~,
        keine Hartz IV Empfänger, nur Christen, pas d étrangers, hommes uniquement, femmes uniquement,
        homme uniquement, femme uniquement, sans enfants, pas d enfants, français uniquement, moins de 30 ans,
        moins de 35 ans, moins de 40 ans, pas de musulmans, chrétiens uniquement, pas d allocataires,
        abstenerse extranjeros, solo españoles, solo hombres, solo mujeres, sin niños, no extranjeros,
        menores de 30 años, menores de 35 años, menor de 35 años, solo cristianos, no inmigrantes
      `),
      needs: [
        ...words(`
          job~, hiring, we are hiring, vacancy, vacancies, staff, wanted, apply, apartment~, flat~, rent, room~,
          house, tenant~, loan~, mortgage~, roommate~, flatmate~
        `),
        ...words(`
          gesucht, suchen, Stelle~, Mitarbeiter~, Job~, Wohnung~, Zimmer, Miete, mieten, vermieten, Kredit~,
          Mieter~, Aushilfe~, WG
        `),
        ...words(`
          recrutons, recrute, emploi, poste, cherche, appartement~, louer, studio, location, colocation, prêt~,
          locataire~, serveur~, vendeur~
        `),
        ...words(`
          se busca, buscamos, empleo, puesto, piso, alquiler, alquila, habitación, préstamo~, contratamos,
          camarero~, inquilino~
        `),
      ],
      except: words(`
        flat shoes women only, no kids menu, tarif moins de 30 ans, women only gym~, women only spa~,
        women only hostel room~, women only fitness, women only retreat~
      `),
    },
    severity: 'block',
    message:
      '“{match}”: jobs, homes and credit have to be open to everybody. Describe the job or the home, not who may come.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googlePersonalized),
    validFrom: '2020-01-01',
    passes: [
      passing('Women-only gym in the city centre', { field: 'descriptions.0' }),
      passing('We are hiring nurses, all ages welcome', { field: 'descriptions.0' }),
    ],
    fails: [
      failing('Sunny flat to rent, no kids', 'no kids', { field: 'descriptions.0' }),
      failing('Wohnung zu vermieten, keine Ausländer', 'keine Ausländer', { field: 'descriptions.0' }),
      failing('Nous recrutons : moins de 35 ans', 'moins de 35 ans', { field: 'descriptions.0' }),
      failing('Piso en alquiler, abstenerse extranjeros', 'abstenerse extranjeros', { field: 'descriptions.0' }),
    ],
  },
  {
    id: 'people.profanity',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: swearWords.any,
      except: swearWords.except,
    },
    severity: 'block',
    message: '“{match}” is a swear word, which all platforms refuse. Say it without.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleInappropriate),
    validFrom: '2020-01-01',
    passes: [passing('Pussy willow bouquets'), passing('Shiitake mushrooms, fresh'), passing('Ein Tag in Scunthorpe')],
    fails: [
      failing('Damn good f**king coffee', 'f**king'),
      failing('Der beschissenste? Nein: Scheiße gut', 'Scheiße'),
      failing('C’est de la merde, goûtez', 'merde'),
      failing('Un café de puta madre', 'puta'),
    ],
  },
  {
    id: 'people.hate',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        white power, heil hitler, sieg heil, kill all, death to, go back to your country, subhuman~, Ausländer raus,
        Untermensch~, Tod den, mort aux, sale arabe, sales arabes, fuera inmigrantes, muerte a los,
        white supremacy now, gas the
      `),
      except: words(`
        death to dust mites, death to stains, death to dandruff, kill all bacteria, kill all germs, kill all weeds,
        kill all viruses, kill all known germs, mort aux rats, mort aux mouches, mort aux souris, death to boring,
        death to spreadsheets, death to limescale, kill all stains, kill all fleas, muerte a los mosquitos,
        muerte a los ácaros, mort aux taches, mort aux mites, tod den motten, tod den milben
      `),
    },
    severity: 'block',
    message: '“{match}” attacks people. No platform shows it, and in many countries it is a crime.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleInappropriate),
    validFrom: '2020-01-01',
    passes: [passing('Kill all known germs'), passing('Mort aux rats : piège sûr')],
    fails: [
      failing('Foreigners? Go back to your country', 'Go back to your country'),
      failing('Ausländer raus, jetzt', 'Ausländer raus'),
    ],
  },
];
