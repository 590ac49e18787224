import type { AdCategory } from '../../../../contracts/schemas/policies.ts';
import type { Phrases } from '../policy-rule.ts';
import { words } from './words.ts';

interface CategoryWords {
  /** Words that speak of the product itself, in English, German, French and Spanish. */
  readonly any: Phrases;
  /** The same words where they mean something else. */
  readonly except: Phrases;
}

/** What shows that an ad is about something with rules of its own. Ambiguous words stand here only with what makes them plain. */
export const categoryLexicons: Readonly<Record<AdCategory, CategoryWords>> = {
  alcohol: {
    any: words(`
      alcohol, alcoholic drink~, alcoholic beverage~, beer~, craft beer~, lager~, wine~, red wine~, white wine~,
      prosecco~, champagne, vodka~, whisky, whiskies, whiskey~, gin, gins, tequila~, cocktail~, liqueur~, liquor,
      cognac, bourbon, brandy, mezcal, sake tasting, white rum, dark rum, spiced rum, happy hour, Bier~, Craftbier~,
      Weißbier~, Biere, Wein, Weine, Weinen, Weins, Rotwein~, Weißwein~, Roséwein~, Sekt, Wodka, Likör~, Schnaps,
      Schnäpse, Alkohol, Spirituose~, Weinprobe~, Winzersekt, vin, vins, vin rouge, bière~, apéritif~ alcoolisé~,
      spiritueux, alcool, alcools, rhum~, pastis, crémant~, vins et spiritueux, vino tinto, vino blanco,
      vino rosado, vinos, botella~ de vino, cata de vino, caja de vino, cerveza~, ginebra, licor, licores,
      bebida~ alcoholica~, ron añejo, cava brut
    `),
    except: words(`
      ginger beer~, root beer~, wine vinegar, wine red, beer mat~, wine rack~, wine glass*, wine cooler~,
      wine fridge~, beer garden furniture, cocktail dress*, cocktail sauce, cocktail attire, prawn cocktail~,
      molotov cocktail~, alcohol free, alcohol wipe~, rubbing alcohol, isopropyl alcohol, alcohol gel,
      alcohol swab~, alcohol based, non alcoholic, non alcoholic beer~, gin rummy, cotton gin~, fruit cocktail~,
      zero alcohol, without alcohol, no alcohol, alcohol recovery, alcohol rehab, alcohol counselling,
      stop drinking alcohol, alcohol addiction, champagne gold, champagne colour~, champagne color~, champagne pink,
      champagne ardenne, brandy snap~, brandy melville, beer batter~, beer yeast, champagne problems, in champagne,
      alkoholfrei*, alkoholfrei* Bier~, alkoholfrei* Wein~, alkoholfrei* Sekt, alkoholfrei* Gin, Bier ohne Alkohol,
      Wein ohne Alkohol, alcohol free beer~, alcohol free wine~, alcohol free gin, alcohol free lager~,
      non alcoholic wine~, non alcoholic cocktail~, bière~ sans alcool, vin~ sans alcool, cocktail~ sans alcool,
      vino~ sin alcohol, cóctel~ sin alcohol, ohne Alkohol, Alkohol am Steuer, Alkoholsucht, sans alcool,
      vin chaud sans alcool, vin de messe, verre~ à vin, cave~ à vin, cave à vin électrique, couleur lie de vin,
      alcool à brûler, alcool ménager, alcool isopropylique, mise en bière, bière de gingembre, pastis de bourrit,
      sin alcohol, cerveza~ sin alcohol, alcohol de romero, alcohol en gel, alcohol isopropílico,
      levadura de cerveza, mesa cocktail, vestido~ de cocktail, L'abus d'alcool, abus d alcool
    `),
  },
  gambling: {
    any: words(`
      casino, casinos, Casinobonus, Casinospiel*, Spielcasino~, Onlinecasino~, sportsbook~, sports betting,
      place a bet, place your bet~, place bets, bet now, free bet~, betting, betting odds, poker, roulette,
      blackjack, baccarat, slot machine~, online slots, slots bonus, free spins, jackpot~, bookmaker~, bookie~,
      lottery, lotteries, scratch card~, scratchcard~, gambling, gamble, real money games, bingo, Glücksspiel*,
      Sportwette~, Wettbonus, Wetten, Freiwette~, Spielautomat*, Spielbank~, Freispiel~, Lotto, Lotterie~,
      Lottoschein~, Rubbellos~, Wettquote~, paris sportif~, pari sportif, pariez, machine~ à sous, jeux d'argent,
      jeu d argent, tours gratuits, loterie~, loto, ticket~ à gratter, jeux de hasard, apuesta~,
      apuestas deportivas, apuesta ya, apostar, tragaperras, tragamonedas, ruleta, tiradas gratis, giros gratis,
      lotería~, juego~ de azar, casa de apuestas, rasca y gana
    `),
    except: words(`
      jackpot of flavour, bingo hall furniture, poker face, casino style chairs, casino chair~, gambling addiction,
      gambling harm~, problem gambling, stop gambling, gambling help, gambling counselling, gambling support,
      poker table cover~, fire poker~, fireplace poker~, red hot poker~, bingo wings, roulette wheel selection,
      cutting roulette, don t gamble, gamble with your, never gamble, lottery of life, Géant Casino,
      supermarché~ Casino, Casino supermarché~, Casino Proximité, Monte Casino, Montecassino, planning poker,
      scrum poker, Wetten dass, wetten dass, Spielsucht, Glücksspielsucht, roulette russe, patins roulette,
      roulette à pâtisserie, roulette de pizza, sur roulettes, lotería genética, apuesta~ por, apostar por,
      apostamos por, ruleta de cocina, loto carré, addiction aux jeux d argent, apuesta segura por
    `),
  },
  'prescription-drugs': {
    any: words(`
      viagra, cialis, levitra, sildenafil, tadalafil, ozempic, wegovy, mounjaro, semaglutide, tirzepatide, xanax,
      valium, diazepam, adderall, ritalin, oxycodone, oxycontin, tramadol, fentanyl, codeine, zolpidem, ambien,
      lyrica, modafinil, accutane, finasteride, botox, without prescription, without a prescription,
      no prescription needed, no prescription required, no rx needed, Semaglutid, Abnehmspritze~, ohne Rezept,
      verschreibungspflichtig~, Potenzmittel, sans ordonnance, sémaglutide, sin receta, semaglutida
    `),
    except: words(`
      glasses without a prescription, glasses without prescription, sunglasses without a prescription,
      prescription glasses, botox alternative~, lunettes sans ordonnance, ohne Rezept kochen, Kochen ohne Rezept,
      Backen ohne Rezept, cocinar sin receta, cocina sin receta, pan sin receta, without a prescription lens,
      Brille~ ohne Rezept, gafas sin receta
    `),
  },
  medicines: {
    any: words(`
      painkiller~, ibuprofen, paracetamol, aspirin, antihistamine~, cough syrup~, pain relief tablet~,
      cold and flu tablet~, nasal spray~, over the counter medicine~, medicine cabinet essentials, pain relief gel,
      cold remedy, antacid~, Arzneimittel~, Medikament~, Schmerztablette~, Schmerzmittel~, Schmerzgel~, Nasenspray~,
      Hustensaft, Hustensäfte, Kopfschmerztablette~, Ibuprofen, Erkältungsmittel, Erkältungstablette~,
      Heuschnupfentablette~, Grippemittel, médicament~, ibuprofène, paracétamol, aspirine, antidouleur~,
      sirop contre la toux, comprimé~ contre, spray nasal, médicament contre, medicamento~, ibuprofeno, paracetamol,
      analgésico~, jarabe para la tos, pastilla~ para el dolor, antigripal~, aspirina
    `),
    except: words(`
      medicine ball~, medicamento veterinario software, Arzneimittel ERP, software für Arzneimittel,
      Medikamentenbox*, boîte~ à médicaments, pilulier~, pill box*, gestion des médicaments,
      logiciel de médicaments, Arzneimittelrecht, Lagerung von Medikamenten, transport de médicaments,
      nasal spray bottle~, flacon spray nasal vide
    `),
  },
  'weight-loss': {
    any: words(`
      weight loss, lose weight, slimming tea~, slimming pill~, diet pill~, fat burner~, burn fat, belly fat,
      appetite suppressant~, shed pounds, detox tea~, keto pill~, slim fast, abnehmen, Diätpille~, Fettverbrenner,
      Fett verbrennen, Bauchfett, Schlankheitspille~, Schlankmacher, Abnehmpille~, Pfunde verlieren,
      perdre du poids, perte de poids, maigrir, minceur, brûleur~ de graisse~, brûle graisse~, pilule~ minceur,
      coupe faim, ventre plat, perder peso, pérdida de peso, adelgazar, adelgazante~, quemagrasa~, quema grasas,
      pastilla~ para adelgazar, vientre plano, bajar de peso
    `),
    except: words(`
      load weight loss, gewicht abnehmen lassen, Anruf abnehmen, Telefon abnehmen, Hörer abnehmen, Deckel abnehmen,
      Aufsatz abnehmen, einfach abnehmen und waschen, abnehmen und waschen, abnehmen lassen, baggage weight loss,
      perte de poids du bagage
    `),
  },
  credit: {
    any: words(`
      interest free credit, 0 interest, 0 finance, 0 apr, pay in instalments, pay in installments, 0 Finanzierung,
      Null Prozent Finanzierung, paiement en plusieurs fois, payez en 3 fois, payez en 4 fois, paga a plazos,
      financiación sin intereses,
      loan~, personal loan~, payday loan~, credit card~, mortgage~, remortgage~, cash advance~, buy now pay later,
      borrow, instant credit, line of credit, car finance, apr, Kredit~, Ratenkredit~, Sofortkredit~, Kleinkredit~,
      Minikredit~, Privatkredit~, Autokredit~, Darlehen~, Kreditkarte~, Baufinanzierung~, Ratenzahlung~, Ratenkauf,
      Hypothek~, Umschuldung, le crédit, un crédit, votre crédit, crédit auto, crédit conso,
      crédit à la consommation, crédit en ligne, crédit rapide, crédit personnel, crédit gratuit,
      crédit renouvelable, crédit immobilier, prêt personnel, prêts personnels, prêt~ immobilier~, prêt conso,
      mini prêt~, microcrédit~, emprunt~, emprunter, empruntez, carte de crédit, rachat de crédit~, préstamo~,
      microcrédito~, minicrédito~, crédito rápido, créditos rápidos, crédito personal, un crédito, tu crédito,
      crédito al consumo, crédito online, hipoteca~, tarjeta~ de crédito, pide prestado
    `),
    except: words(`
      loan car~, on loan, loan word~, loaner laptop~, credit note~, store credit, tax credit~, r d tax credit~,
      no credit card, no credit card needed, no credit card required, without a credit card, without credit card,
      photo credit~, library loan~, interlibrary loan~, player loan~, credit card holder~, credit card sized,
      credit card wallet~, app credit~, borrow books, borrow a book, borrow e books, borrow tools,
      borrow from our library, credit card payments accepted, pay by credit card, accept credit cards,
      mortgage free, borrow an ebook, ebooks to borrow, Kreditkarte nicht nötig, ohne Kreditkarte,
      Kreditkarte erforderlich, keine Kreditkarte, Kreditkartenetui~, Kredit für Ideen, sans carte de crédit,
      crédit photo~, crédit d impôt~, crédits photo, crédits inclus, crédits de formation, sans carte bancaire,
      emprunt de livres, emprunter des livres, empruntez des livres, emprunt lexical, sin tarjeta de crédito,
      crédito fiscal, créditos ects, crédito ects, préstamo de libros, préstamo bibliotecario, dar crédito,
      un crédit vous engage, porte carte~ de crédit
    `),
  },
  investments: {
    any: words(`
      invest in stocks, stock trading, share trading, forex, cfd, cfds, day trading, trading platform~, etf, etfs,
      binary options, investment fund~, stocks and shares isa, spread betting, leveraged trading, copy trading,
      trade shares, Aktien, Aktiendepot~, Geldanlage~, Forex, CFD Handel, ETF Sparplan, Fondssparplan,
      Investmentfonds, placement~ financier~, investir en bourse, bourse en ligne, actions en bourse, trading,
      invertir en bolsa, fondo~ de inversión, acciones en bolsa, inversión en bolsa, opciones binarias
    `),
    except: words(`
      trading card~, trading estate, trading standards, trading hours, trading post, trading name, fair trading,
      trading cards game, Aktien Gesellschaft, trading as, insider trading training, emissions trading, trading up,
      trading in your
    `),
  },
  crypto: {
    any: words(`
      crypto, cryptos, cryptocurrency, cryptocurrencies, bitcoin~, ethereum, dogecoin, altcoin~, stablecoin~,
      crypto wallet~, token sale~, initial coin offering, shitcoin~, memecoin~, btc, Kryptowährung~, Krypto,
      Kryptobörse~, cryptomonnaie~, crypto monnaie~, cryptoactif~, criptomoneda~, cripto, criptos, criptoactivo~
    `),
    except: words(`
      crypto jacking protection, crypto agility, crypto library, crypto ransomware, crypto api, post quantum crypto,
      we don t take crypto, bitcoin history exhibition, crypto locker, no crypto
    `),
  },
  housing: {
    any: words(`
      flat to rent, flat for rent, apartment~ for rent, house for sale, house for rent, room for rent, rent a room,
      to let, rental apartment~, tenant~ wanted, flatmate~, Mietwohnung~, Wohnung zu vermieten, Zimmer frei,
      WG Zimmer, Nachmieter, Eigentumswohnung~, Wohnung gesucht, à louer, location d appartement,
      appartement~ à louer, colocation, colocataire~, se alquila, piso en alquiler, alquiler de piso~,
      habitación en alquiler, piso en venta, casa en venta, inquilino~
    `),
    except: ['to let you', 'to let go', 'to let us', 'to let your', 'to let them', 'voiture~ à louer', 'vélo~ à louer'],
  },
  employment: {
    any: words(`
      job~, now hiring, hiring, we are hiring, vacancy, vacancies, join our team, apply for this role, career~,
      staff wanted, salesperson wanted, Stellenangebot~, wir suchen, Mitarbeiter gesucht, Mitarbeiterin, Aushilfe,
      Bewerber~, offre~ d emploi, recrutons, nous recrutons, poste à pourvoir, oferta~ de empleo, se busca,
      buscamos, contratamos, puesto de trabajo
    `),
    except: ['nose job~', 'print job~', 'paint job~', 'good job', 'steve jobs', 'boob job~', 'inside job'],
  },
  political: {
    any: words(`
      vote for, vote labour, vote conservative, vote republican, vote democrat, re elect, reelect, elect me,
      election campaign, election day, general election, candidate for mayor, candidate for president,
      candidate for senate, candidate for parliament, vote yes on, vote no on, referendum, ballot measure~,
      political party, donate to our campaign for congress, your member of parliament, Bundestagswahl, Landtagswahl,
      Kommunalwahl, Europawahl, Wahlkampf, wählt, Ihre Stimme für, Deine Stimme für, Volksentscheid,
      Bürgermeisterkandidat*, Partei wählen, Spitzenkandidat*, votez, votez pour, élections,
      élection présidentielle, élections municipales, élections européennes, référendum, candidat à la mairie,
      candidate à la mairie, parti politique, campagne électorale, vota a, vota por, vota al, elecciones,
      elecciones generales, elecciones municipales, candidato a la alcaldía, candidata a la alcaldía, referéndum,
      partido político, campaña electoral
    `),
    except: words(`
      vote for your favourite, vote for your favorite, vote for the best, vote for your, election of officers,
      votez pour votre, votez pour vos, votez pour la meilleure, votez pour le meilleur, wählt aus, wählt euren,
      wählt eure, wählt zwischen, wählt die passende, vota por tu, vota a tu, vota por el mejor,
      élections professionnelles, élections du cse, elecciones sindicales
    `),
  },
  weapons: {
    any: words(`
      gun~, handgun~, firearm~, rifle~, pistol~, shotgun~, ammunition, ammo, switchblade~, brass knuckle~, grenade~,
      explosive~, pepper spray, stun gun~, crossbow~, ar 15, gun parts, Schusswaffe~, Pistole~, Gewehr~, Munition,
      Schlagring~, Butterflymesser, Springmesser, Schreckschusspistole~, Armbrust~, arme~ à feu, pistolet~, fusil~,
      munition~, couteau~ papillon, poing américain, arma~ de fuego, pistola~, munición, municiones,
      navaja~ automática~, escopeta~
    `),
    except: words(`
      glue gun~, nail gun~, heat gun~, staple gun~, spray gun~, massage gun~, water gun~, top gun, son of a gun,
      caulking gun~, nerf gun~, gun metal, gun metal grey, paint gun~, grease gun~, label gun~, price gun~,
      toy gun~, bubble gun~, explosive growth, explosive power, explosive flavour~, explosive speed,
      explosive strength, explosive start, jump the gun, jumping the gun, young guns, tufting gun~, tattoo gun~,
      starter pistol~, rifle through, sawn off shotgun wedding, shotgun wedding, big guns, stick to your guns,
      soldering gun~, hot air gun~, foam gun~, infrared thermometer gun, scanner gun~, radar gun~,
      pistolet~ à colle, pistolet~ à peinture, pistolet~ de massage, pistolet~ à eau, pistolet d arrosage,
      pistolet~ arroseur~, coup de fusil, pistola~ de silicona, pistola~ de masaje, pistola~ de agua,
      pistola~ de pintura, pistola~ termoencoladora~, pistola~ de calor, pistola~ de pegamento, Munition für Nerf,
      pistolet~ graisseur~, gun show biceps
    `),
  },
  tobacco: {
    any: words(`
      cigarette~, cigar~, tobacco, vape~, vaping, e cigarette~, e liquid~, vape juice, nicotine, nicotine pouch*,
      snus, hookah~, shisha~, disposable vape~, rolling papers, Zigarette~, Zigarre~, Tabak~, E Zigarette~,
      Einweg Vape~, Wasserpfeife~, Nikotin, Nikotinbeutel, tabac, cigare~, cigarette~ électronique~, vapoteuse~,
      narguilé~, chicha~, puff jetable~, tabaco, cigarrillo~, puro~ habano~, vapeador~, vapeadores, cachimba~,
      cigarrillo~ electrónico~
    `),
    except: words(`
      quit cigarettes, nicotine replacement, nicotine patch*, nicotine gum~, nicotine free, tobacco free,
      quit vaping, stop vaping, stop smoking cigarettes, cigarette lighter socket, cigarette lighter adapter,
      cigar lounge chair~, tobacco brown, tobacco leather, cigarette pants, cigarette trousers, cigarette jeans,
      tobacco vanille, pantalon cigarette, arrêter la cigarette, arrêt du tabac, arrêter le tabac, sans tabac,
      allume cigare~, prise allume cigare, Zigarettenanzünder~, nikotinfrei, Nikotinpflaster, Nikotinkaugummi~,
      pantalón cigarrillo, dejar el tabaco, sin tabaco, color tabaco, chicha de piña, dejar de fumar tabaco,
      cigar box guitar~, Tabakfarben
    `),
  },
  drugs: {
    any: words(`
      cocaine, heroin, mdma, ecstasy pills, lsd, magic mushrooms, psilocybin, marijuana, cannabis, weed delivery,
      buy weed, cheap weed, crystal meth, ketamine, thc, thc gummies, hashish, bong, bongs, kratom, cbd, cbd oil,
      legal highs, Kokain, Heroin, Marihuana, Gras kaufen, Haschisch, CBD Öl, cocaïne, héroïne, cannabis,
      herbe à fumer, haschich, champignons hallucinogènes, huile cbd, cocaína, heroína, marihuana, hachís,
      setas alucinógenas, aceite de cbd, comprar hierba
    `),
    except: words(`
      sydney cbd, melbourne cbd, perth cbd, auckland cbd, brisbane cbd, cbd office~, cbd hotel~, in the cbd,
      heroin chic, cannabis law~, cannabis addiction, marijuana addiction, héroïne du roman, une héroïne,
      notre héroïne, l héroïne, heroína de, una heroína, la heroína, nuestra heroína, cocaine addiction,
      heroin addiction, heroin rehab, héroïnes
    `),
  },
  adult: {
    any: words(`
      porn, porno~, pornography, xxx, escort girl~, escort service~, escorts, sex, sexy girls, sex toy~, sex cam~,
      cam girls, webcam girls, nude photos, nudes, strip club~, stripper~, hookup~, hook up tonight, milf~,
      erotic massage~, vibrator~, dildo~, onlyfans, hentai, Erotik, erotische Massage~, Sexspielzeug, Escortservice,
      Nutten, Camgirls, Sexshop, Pornofilm~, Hobbyhuren, Sextreffen, sextoy~, massage érotique, plan cul, camgirl~,
      film~ x, escorte~ sexy, putas, prostituta~, juguete~ sexual~, juguetes eróticos, masaje erótico, sexo,
      chicas desnudas, citas calientes
    `),
    except: words(`
      ford escort~, escort vehicle~, security escort~, police escort~, motorcade escorts, sex education,
      sex discrimination, same sex, opposite sex, single sex school~, sex and the city, biological sex,
      sex of your baby, baby sex, both sexes, sex determination, concrete vibrator~, sex at birth,
      safe sex education, educación sexo, paint stripper~, wire stripper~, wallpaper stripper~, cable stripper~,
      sexo del bebé, sexo de tu bebé, sexo biológico, del mismo sexo, sex ed, hookup wire, rv hookup~,
      campsite hookup~, electric hookup~, full hookup~, water hookup~, floor stripper~, chick sex link, sex linked,
      sex pistols
    `),
  },
  dating: {
    any: words(`
      online dating, dating app~, dating site~, dating website~, meet singles, local singles, hot singles,
      singles near you, find your soulmate, speed dating, Partnersuche, Partnerbörse~, Singlebörse~, Datingapp~,
      Dating App~, Singles aus deiner, Singles treffen, Seitensprung, site de rencontre~, sites de rencontre~,
      rencontre~ célibataire~, rencontrez des célibataires, célibataires près de, appli de rencontre~, rencontre en ligne, app~ de citas, citas online,
      citas en línea, buscar pareja, encuentra pareja, solteros cerca, solteras cerca, conoce solteros
    `),
    except: ['carbon dating', 'speed dating for startups', 'speed dating for jobs', 'supplier speed dating'],
  },
  // Only as the caller says it: their words are everywhere ("pizza", "SUV").
  food: { any: [], except: [] },
  cars: { any: [], except: [] },
};
