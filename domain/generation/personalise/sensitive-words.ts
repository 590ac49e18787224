import type { Phrases } from '../../compliance/policy/policy-rule.ts';
import { words } from '../../compliance/policy/rules/words.ts';

/** Who may not be picked out of an audience. The first nine are of GDPR Article 9, the last of criminal records of Article 10. */
export const sensitiveKinds = [
  'health',
  'religion',
  'ethnicity',
  'politics',
  'sexuality',
  'trade-union',
  'genetic-data',
  'beliefs',
  'minors',
  'criminal-record',
] as const;
export type SensitiveKind = (typeof sensitiveKinds)[number];

interface SensitiveWords {
  /** As it is said to whoever wrote the segment. */
  readonly names: string;
  readonly any: Phrases;
  /** The same words where nobody is meant by them: a trade, a place, what parents buy. */
  readonly except: Phrases;
}

/** In English, German, French and Spanish. Words that mean something else as often stand here only with what makes them plain. */
export const sensitiveWords: Readonly<Record<SensitiveKind, SensitiveWords>> = {
  health: {
    names: 'people’s health',
    any: words(`
      diabetic~, diabetes, cancer, patients with, patients suffering, heart patient~, chronically ill, ill people, sick people, depression,
      depressed, anxiety, anxious people, overweight, obese, obesity, disabled, disability, disabilities, autistic,
      autism, adhd, hiv, aids, pregnant, pregnancy, infertile, infertility, menopause, menopausal, dementia,
      alzheimer, allergy sufferer~, asthma, asthmatic~, migraine, migraines, back pain, chronic pain, heart disease,
      high blood pressure, insomnia, insomniacs, alcoholics, addicts, addiction, eating disorder~, mental illness,
      mental health, impotence, erectile dysfunction, incontinence, medical condition~, sufferer~, wheelchair user~,
      Diabetiker~, Diabetikerinnen, Krebs, Krebspatient*, Patienten mit, chronisch Kranke~, Kranke,
      Depression~, Depressive~, depressiv~, Übergewicht, Übergewichtige~, übergewichtig~, Adipositas, Behinderte~,
      Behinderung~, Menschen mit Behinderung, Autist~, Autismus, ADHS, Schwangere~, schwanger, Schwangerschaft,
      unfruchtbar, Wechseljahre~, Demenz, Demenzkranke~, Allergiker~, Asthmatiker~, Asthma, Migräne, Rückenschmerzen,
      Schmerzpatient*, Herzkranke~, Bluthochdruck, Schlaflosigkeit, Alkoholiker~, Süchtige~, Suchtkranke~,
      Essstörung~, psychisch Kranke~, Rollstuhlfahrer~, diabétique~, diabète, cancéreux, malade~, maladie~,
      dépressif~, dépressive~, dépression, surpoids, obèse~, obésité, handicapé~, handicapée~, handicap, autiste~,
      autisme, femme~ enceinte~, enceinte~, grossesse, stérile~, ménopause, ménopausée~, démence, allergique~,
      asthmatique~, asthme, migraineux, mal de dos, hypertension, insomnie, insomniaque~, alcoolique~, toxicomane~,
      séropositif~, diabético~, diabética~, enfermo~, enferma~, enfermedad~, pacientes con, deprimido~, deprimida~,
      depresión, sobrepeso, obeso~, obesa~, obesidad, discapacitado~, discapacidad, autista~, embarazada~, embarazo,
      infértil~, menopausia, demencia, alérgico~, alérgica~, asmático~, asmática~, asma, migraña~, dolor de espalda,
      hipertenso~, insomnio, alcohólico~, alcohólica~, seropositivo~
    `),
    except: words(`
      cancer research, cancer charity, golf handicap, handicap golf, handicap de golf, economic depression, great depression, diabetes nurses, diabetes specialists,
      tropic of cancer, anxious to, occupational health, health insurer~, enfermeras, enfermeros
    `),
  },
  religion: {
    names: 'people’s religion',
    any: words(`
      muslim~, islamic, christian~, catholic~, protestant~, jewish, jews, hindu~, buddhist~, sikh~, mormon~, atheist~,
      orthodox believers, religious people, churchgoer~, Muslim~, Muslime~, Muslimin~, Muslimas, Christ,
      Christen, Katholik~, Katholiken, katholische Menschen, Protestanten, Juden, Jüdinnen, jüdisch~, Hindus,
      Buddhisten, Atheisten, Gläubige~, Kirchgänger~, musulman~, musulmane~, chrétien~, chrétienne~, catholique~,
      protestante~, juif, juifs, juive~, hindou~, bouddhiste~, athée~, croyants, croyantes, catholiques pratiquants, musulmán, musulmanes,
      musulmana~, cristiano~, cristiana~, católico~, católica~, judío~, judía~, hindúes, budista~, ateo~, creyentes
    `),
    except: words(`
      christian dior, christian louboutin, saint christian, jewish museum, jewish cuisine, christian rock festival~,
      protestant work ethic, Christ Juwelier
    `),
  },
  ethnicity: {
    names: 'people’s origin or skin colour',
    any: words(`
      black people, black men, black women, african americans, white people, caucasian~, hispanic~, latino~, latina~,
      asian people, asians, arabs, roma people, gypsies, immigrants, immigrant, migrants, refugees, asylum seekers,
      ethnic minorit~, ethnic group~, ethnicity, people of color, people of colour, indigenous people, turks in,
      Schwarze Menschen, Dunkelhäutige~, Weiße Menschen, Asiaten, Araber, Sinti und Roma, Zigeuner, Migranten,
      Migrantinnen, Migrationshintergrund, Einwanderer, Flüchtlinge~, Geflüchtete~, ethnische Minderheit~, Türken in,
      personnes noires, les noirs, les blancs, arabes, asiatiques, maghrébin~, maghrébine~, roms, gitans, immigré~, immigrée~,
      migrants, réfugié~, minorité~ ethnique~, origine ethnique, personas negras, los negros, latinos, latinas, árabes,
      asiáticos, gitano~, gitana~, inmigrante~, migrantes, refugiado~, refugiada~, minoría~ étnica~
    `),
    except: words(`
      refugees charity, refugee charit~, latino dance, latino music, les blancs de Bourgogne
    `),
  },
  politics: {
    names: 'people’s politics',
    any: words(`
      republican voters, republicans, democrats, conservative voters, labour voters, tory voters, left wing~,
      right wing~, leftists, socialists, communists, liberals, green voters, trump supporter~, political views,
      political opinion~, voters of, swing voters, party members, CDU Wähler~, SPD Wähler~, AfD Wähler~, Grünen Wähler~,
      FDP Wähler~, Linke Wähler~, Wähler der, linke Wähler~, rechte Wähler~, Konservative, Sozialisten, Kommunisten,
      Parteimitglieder~, électeurs de, électeurs du, électeurs, gens de gauche, gens de droite, socialistes,
      communistes, macronistes, lepénistes, votantes de, votantes del, votantes, gente de izquierdas,
      gente de derechas, socialistas, comunistas, militantes de
    `),
    except: words(`left wing back~, right wing back~, social democrats software`),
  },
  sexuality: {
    names: 'people’s sex life or orientation',
    any: words(`
      gay, gays, lesbian~, bisexual~, homosexual~, lgbt, lgbtq, lgbtqia, queer~, transgender, trans people, trans women,
      trans men, swingers, sexual orientation, Schwule~, schwul~, Lesben, lesbisch~, Homosexuelle~, homosexuell~,
      Bisexuelle~, Transsexuelle~, Transgender, homosexuel~, homosexuelle~, lesbienne~, bisexuel~, bisexuelle~,
      transgenre~, personas trans, lesbiana~, homosexuales, bisexuales, transexual~
    `),
    except: words(`enola gay, gay lussac`),
  },
  'trade-union': {
    names: 'membership of a trade union',
    any: words(`
      union members, union member, trade unionists, trade unionist, trade union member~, unionised workers,
      unionized workers, Gewerkschaftsmitglied~, Gewerkschaftsmitglieder~, Gewerkschafter~, gewerkschaftlich,
      syndiqué~, syndiquée~, syndicaliste~, membres d un syndicat, sindicalista~, sindicalizado~, afiliados sindicales,
      afiliado~ a un sindicato, miembros de sindicatos, miembros de un sindicato
    `),
    except: words(`credit union member~`),
  },
  'genetic-data': {
    names: 'genetic or biometric data',
    any: words(`
      carriers of a gene, gene carrier~, genetic predisposition, genetic risk, dna profile~, dna results,
      face recognition matches, facial recognition matches, Genträger~, genetische Veranlagung, genetisches Risiko,
      prédisposition génétique, risque génétique, profil~ adn, predisposición genética, riesgo genético, perfil~ de adn
    `),
    except: [],
  },
  beliefs: {
    names: 'people’s philosophical beliefs',
    any: words(`
      freemasons, scientologists, conspiracy believers, Freimaurer~, Scientologen, francs maçons, scientologues,
      masones, francmasones, cienciólogos
    `),
    except: [],
  },
  minors: {
    names: 'people under 18',
    any: words(`
      children, child, kids, kid, minors, teenager~, teens, teen, tweens, toddlers, schoolchildren, pupils,
      school students, high school students, adolescent~, underage, under 18, under 18s, under 16, under 16s,
      under 13, under 13s, Kinder, Kindern, Jugendliche~, Minderjährige~, minderjährig~, Teenager~, Teenies,
      Schüler~, Schülerinnen, Schulkinder~, unter 18, unter 16, enfants, enfant, mineurs, adolescent~, adolescente~,
      ados, ado, lycéen~, lycéenne~, collégien~, collégienne~, écolier~, écolière~, moins de 18 ans, moins de 16 ans,
      niños, niño, niñas, niña, menores, menores de edad, adolescente~, escolares, menores de 18, menores de 16,
      chicos de instituto
    `),
    except: words(`
      parents of _ children, parents of _ kids, parents of _ teenagers, parents of _ teens, parents of _ toddlers,
      parents with _ children, parents with _ kids, parents of _ pupils, parents of a child, mothers of _ children,
      mums of _ kids, fathers of _ children, dads of _ kids, families with _ children, families with _ kids,
      families with _ teenagers, couples with _ children, people with _ children, people with _ kids, adults with kids,
      adults with children, teachers of _ children, buyers of kids, no kids, without kids, without children,
      kids clothes, kids clothing, kids shoes, kids toys, kids furniture, children s books, children s clothes,
      children s clothing, children s toys, children s shoes, child care, child care workers, inner child,
      Eltern von Kindern, Eltern von Schulkindern, Eltern mit _ Kindern, Eltern _ Kinder, Eltern kleiner Kinder,
      Eltern von Schüler~, Eltern von Teenager~, Eltern von Jugendlichen, Familien mit _ Kindern, Paare mit Kindern,
      Paare ohne Kinder, Mütter mit Kindern, Väter mit Kindern, mit Kindern, ohne Kinder, parents d _ enfants,
      parents de _ enfants, parents d ados, parents d adolescents, parents de collégiens, parents de lycéens,
      parents d élèves, familles avec _ enfants, couples avec enfants, avec enfants, sans enfants, sans enfant,
      padres de _ niños, padres con _ niños, padres de adolescentes, familias con _ niños, familias con hijos,
      parejas con niños, con niños, sin niños, contratos menores, ropa para niños, obras menores
    `),
  },
  'criminal-record': {
    names: 'criminal records',
    any: words(`
      ex offenders, ex convicts, convicts, criminal record~, felons, prisoners, Vorbestrafte~, Straftäter~, Häftlinge~,
      Strafgefangene~, anciens détenus, détenus, casier judiciaire, ex presidiarios, presos, antecedentes penales
    `),
    except: [],
  },
};

/** What nobody may be picked by for homes, jobs and credit: laws against discrimination, and all three platforms. */
export const unequalWords: Readonly<Record<'age' | 'gender' | 'family' | 'postcode', SensitiveWords>> = {
  age: {
    names: 'age',
    any: words(`
      young people, young professionals, young adults, millennials, gen z, seniors, senior citizens, retirees, pensioners,
      over 50s, over 60s, over 65s, over 50, over 60, over 65, under 30, under 35, under 40, recent graduates,
      junge Leute, junge Menschen, junge Erwachsene, Millennials, Senioren, Rentner~, Rentnerinnen, über 50, über 60,
      ab 50, ab 60, unter 30, unter 35, unter 40, jeunes, jeunes actifs, seniors, retraité~, retraitée~, plus de 50 ans,
      plus de 60 ans, moins de 30 ans, moins de 35 ans, jóvenes, gente joven, mayores, jubilado~, jubilada~,
      mayores de 50, mayores de 60, menores de 30, menores de 35
    `),
    except: words(`senior engineer~, senior developer~, senior manager~, seniors in management`),
  },
  gender: {
    names: 'gender',
    any: words(`
      women, men, woman, man, males, females, ladies, girls, boys, guys, Frauen, Männer, Männern, Damen, Herren, Mädchen,
      femmes, hommes, filles, garçons, mujeres, hombres, chicas, chicos
    `),
    except: words(`
      women and men, men and women, Frauen und Männer, Männer und Frauen, femmes et hommes, hommes et femmes,
      mujeres y hombres, hombres y mujeres
    `),
  },
  family: {
    names: 'family or marital status',
    any: words(`
      parents, mothers, fathers, mums, moms, dads, families, singles, single people, married, married couples, couples,
      divorced, divorcees, newlyweds, childless, widows, Eltern, Mütter, Väter, Familien, Singles, Verheiratete~,
      verheiratet~, Paare, Geschiedene~, geschieden~, Kinderlose~, Alleinerziehende~, Witwen, parents, mères, pères,
      familles, célibataires, mariés, couples, divorcés, divorcées, veuves, padres, madres, familias, solteros,
      solteras, casados, casadas, parejas, divorciados, divorciadas, viudas
    `),
    except: [],
  },
  postcode: {
    names: 'postcode',
    any: words(`
      postcode~, postal code~, zip code~, zip codes, zip, Postleitzahl~, PLZ, code postal, codes postaux, código postal,
      códigos postales
    `),
    except: words(`zip hoodie~, zip file~`),
  },
};
