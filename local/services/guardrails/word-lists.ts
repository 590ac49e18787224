/**
 * Words and turns that say enough by themselves, in the languages that ads are written in. Matched on lower-case words of NFKC
 * text, so that `Scunthorpe` holds none of them. Words that are harmless in another of the languages (`con`, `bite`, `Schwanz`,
 * `polla`) are left out.
 */
import type { Harm } from './seed-phrases.ts';

/** Whole words; `*` stands for any ending. */
export const PROFANITY: readonly string[] = [
  ...[
    'fuck*',
    'motherfuck*',
    'shit',
    'shitty',
    'bullshit',
    'asshole*',
    'bitch',
    'bitches',
    'cunt*',
    'dickhead*',
    'wanker*',
  ],
  ...['twat', 'twats', 'slut', 'sluts', 'whore*', 'bastards', 'cocksucker*', 'goddamn', 'crap', 'crappy'],
  ...[
    'scheiß*',
    'scheiss*',
    'arschloch',
    'arschlöcher',
    'wichser*',
    'fotze*',
    'hurensohn',
    'hurensöhne',
    'ficken',
    'fick',
  ],
  ...['gefickt', 'fickt', 'verpiss*', 'schlampe', 'schlampen', 'kacke', 'verfickt*', 'nutte', 'nutten'],
  ...[
    'merde',
    'putain',
    'connard*',
    'connasse*',
    'salope*',
    'enculé*',
    'encule',
    'enculer',
    'bordel',
    'foutre',
    'chier',
  ],
  ...['batard', 'bâtard*', 'pute', 'putes', 'niquer', 'nique'],
  ...[
    'mierda',
    'puta',
    'putas',
    'puto',
    'putos',
    'joder',
    'gilipollas',
    'cabrón',
    'cabrones',
    'coño',
    'hijoputa',
    'pendejo*',
  ],
  ...['chingar', 'chingada', 'follar', 'zorras', 'maricón', 'maricones'],
];

/** German, French and Spanish; the model of sentences reads English alone. */
export const HARMFUL_TURNS: readonly { readonly harm: Harm; readonly pattern: RegExp }[] = [
  // German
  turn('HATE', '(ausländer|flüchtlinge|juden|muslime|moslems|zigeuner|türken|die schwarzen|schwule|lesben|asylanten)', {
    with: '(raus|abschieben|ungeziefer|abschaum|parasiten|vergasen|minderwertig|verbrecher|schmarotzer|verschwinden|ausrotten|unerwünscht)',
  }),
  turn('HATE', 'frauen', { with: '(gehören an den herd|sind dümmer|sind minderwertig|haben hier nichts verloren)' }),
  turn(
    'INSULTS',
    '(du|ihr|sie) (bist|seid|sind) (\\S+ ){0,4}(idiot(en)?|dumm|dümmer|blöd|versager|trottel|hässlich|fett|abschaum|wertlos|loser|dummkopf|volltrottel|widerlich)',
  ),
  turn(
    'INSULTS',
    '(du|ihr|sie) (\\S+ ){0,2}(idiot(en)?|trottel|versager|dummkopf|vollpfosten|schwachkopf|missgeburt|drecksau|fettsack)',
  ),
  turn('INSULTS', '(nur|alle|lauter) (idioten|trottel|deppen|dummköpfe|vollidioten)'),
  turn('INSULTS', 'halt (die|deine) (klappe|fresse|schnauze)'),
  turn(
    'SEXUAL',
    '(porno|pornos|pornofilme?|sexvideos?|sexfilme?|sexkontakte?|sexchat|gangbang|orgien|nacktbilder|nacktfotos|fickkontakte)',
  ),
  turn(
    'SEXUAL',
    '(nackte|geile|notgeile|heiße|willige) (\\S+ )?(frauen|mädchen|girls|weiber|hausfrauen|singles|teens)',
  ),
  turn('SEXUAL', '(penis|schwanz) (\\S+ ){0,3}(verlängern|vergrößern|größer|länger|lutschen)'),
  turn('VIOLENCE', '(töten|umbringen|erschießen|erstechen|abschlachten|erwürgen|verprügeln|totschlagen)', {
    with: '(ich|wir|dich|euch|ihn|werde)',
  }),
  turn('VIOLENCE', '(töte|erschieß|erstich) (dich|ihn|sie|euch|alle)'),
  turn('VIOLENCE', 'bring(e|en|t)? (dich|ihn|sie|euch) um(?=[ .!]*$)|schlagt? (ihn|sie|dich|euch) (tot|zusammen)'),
  turn('VIOLENCE', '(ich|wir) (schlage|schlagen|steche|stechen) (dich|euch|ihn|sie) (\\S+ ){0,2}(tot|ab|zusammen)'),
  turn('VIOLENCE', '(bombe|bomben|rohrbombe) (\\S+ ){0,2}(bauen|basteln|legen)'),
  turn(
    'MISCONDUCT',
    '(kokain|heroin|ecstasy|crystal meth|drogen|waffen) (\\S+ ){0,4}(kaufen|bestellen|liefern|geliefert)',
  ),
  turn(
    'MISCONDUCT',
    '(gefälschte|falsche|gestohlene|geklaute) (\\S+ )?(pässe|ausweise|führerscheine|kreditkarten|dokumente|zeugnisse|geldscheine|banknoten)',
  ),
  turn(
    'MISCONDUCT',
    '(geld waschen|geldwäsche|steuern hinterziehen|konten hacken|passwörter stehlen|versicherung betrügen)',
  ),
  turn('MISCONDUCT', '(ohne rezept|rezeptfrei) (\\S+ ){0,3}(opioide|oxycodon|fentanyl|anabolika|steroide)'),
  // French
  turn('HATE', '(immigrés|étrangers|arabes|juifs|musulmans|les noirs|gays|homosexuels|réfugiés|roms|migrants|homos)', {
    with: '(dehors|parasites|vermine|inférieurs?|criminels|voleurs|expulser|sales|malades|exterminer|maladie|racaille|envahissent)',
  }),
  turn('HATE', 'les femmes', { with: '(à la cuisine|inférieures|trop bêtes|doivent obéir)' }),
  turn(
    'INSULTS',
    '(tu|vous) (es|êtes) (\\S+ ){0,4}(idiot|idiote|idiots|imbécile|imbéciles|stupide|débile|moche|nul|nulle(?! part)|laid|laide|crétin|raté|ratée|gros porc)',
  ),
  turn(
    'INSULTS',
    "(espèce d[e’'] ?|sale |pauvre )(idiot|imbécile|crétin|con|conne|abruti|débile|porc|ordure|minable|type)",
  ),
  turn('INSULTS', '(ferme|fermez) (ta|vos|votre) gueule'),
  turn(
    'INSULTS',
    "d[e’'] ?(imbéciles|crétins|abrutis) (\\S+ ){0,3}(achètent|croient)|seuls les (imbéciles|crétins|abrutis|idiots)",
  ),
  turn(
    'SEXUAL',
    '(porno|vidéos? (de sexe|pornos?|x)|films? x|photos? nues?|plan cul|partouze|escortes? sexy|webcam sexe)',
  ),
  turn('SEXUAL', '(femmes|filles|nanas|mamans) (nues|coquines|en chaleur)|(filles|nanas) chaudes'),
  turn('SEXUAL', '(agrandir|allonger) (\\S+ ){0,2}(pénis|sexe)|relations sexuelles (\\S+ ){0,3}(ce soir|sans)'),
  turn(
    'VIOLENCE',
    '(je vais|on va|nous allons|il faut|je veux) (\\S+ ){0,2}(tuer(?! le temps)|égorger|te frapper|poignarder|brûler vifs?|étrangler)',
  ),
  turn(
    'VIOLENCE',
    '(tuez|égorgez|massacrez|pendez|poignardez|frappez)-les|(tuez|égorgez|frappez) (tous les|votre femme|vos enfants)',
  ),
  turn('VIOLENCE', '(fabriquer|construire|poser) (une|des) bombes?'),
  turn(
    'MISCONDUCT',
    '(cocaïne|héroïne|drogues?|cannabis|ecstasy|armes?) (\\S+ ){0,4}(livrée?s?|en ligne|sans permis|pas cher|à domicile)',
  ),
  turn(
    'MISCONDUCT',
    '(faux|fausses|volées?|contrefaite?s?) (\\S+ )?(passeports?|papiers|permis|billets|diplômes?|ordonnances?)',
  ),
  turn(
    'MISCONDUCT',
    'cartes? (bancaires?|de crédit) volées?|blanchir (\\S+ )?argent|pirater (\\S+ ){0,3}(compte|comptes|téléphone)|frauder (le fisc|les impôts)',
  ),
  // Spanish
  turn(
    'HATE',
    '(inmigrantes|extranjeros|judíos|musulmanes|los negros|gitanos|gays|homosexuales|refugiados|moros|sudacas)',
    {
      with: '(fuera|parásitos|escoria|inferiores|delincuentes|ladrones|enfermos|expulsar|basura|exterminar|asquerosos|sobran|plaga)',
    },
  ),
  turn('HATE', 'las mujeres', { with: '(a la cocina|inferiores|demasiado tontas|deben obedecer|no sirven)' }),
  turn(
    'INSULTS',
    '(eres|sois|son) (\\S+ ){0,4}(idiota|idiotas|imbécil|imbéciles|estúpido|estúpida|estúpidos|feo|fea|tonto|tonta|inútil|fracasado|fracasada|perdedor|asco|gordo asqueroso)',
  ),
  turn(
    'INSULTS',
    '(cállate|callaos),? (\\S+ )?(idiota|imbécil|estúpido|tonto|inútil)|pedazo de (idiota|imbécil|basura|inútil)',
  ),
  turn('INSULTS', 'solo los (idiotas|imbéciles|tontos|estúpidos)'),
  turn(
    'SEXUAL',
    '(porno|vídeos? (de sexo|porno|x)|videos? (de sexo|porno)|fotos? desnudas?|películas? porno|orgías?|sexo en vivo|webcam sexo)',
  ),
  turn('SEXUAL', '(chicas|mujeres|maduras|jóvenes) (desnudas|cachondas)|chicas (calientes|ardientes)'),
  turn('SEXUAL', '(alargar?|agrandar?|aumentar?) (\\S+ ){0,2}pene|sexo (\\S+ ){0,3}(esta noche|sin compromiso)'),
  turn(
    'VIOLENCE',
    '(te voy a|os voy a|vamos a|hay que|voy a|te vamos a) (\\S+ ){0,2}(matar a|matarte|matarlos|degollar|apuñalar|dispararte|golpearte|quemarte|pegarte|ahorcar|estrangular)',
  ),
  turn('VIOLENCE', '(mátalos|matadlos)( a)? todos|apuñala a|dispárale|pégale a tu|golpea a tu mujer'),
  turn('VIOLENCE', '(fabricar|construir|poner) (una |)bombas?'),
  turn(
    'MISCONDUCT',
    '(cocaína|heroína|drogas?|marihuana|éxtasis|armas) (\\S+ ){0,4}(a domicilio|en línea|baratas?|sin licencia|sin receta|online)',
  ),
  turn(
    'MISCONDUCT',
    '(pasaportes?|documentos?|títulos?|billetes|carnets?|permisos?) (\\S+ ){0,2}(falsos?|falsificados?)',
  ),
  turn(
    'MISCONDUCT',
    'tarjetas (\\S+ ){0,3}robadas|blanquear dinero|hackear (\\S+ ){0,3}(cuenta|cuentas|móvil|contraseñas?)|evadir impuestos',
  ),
];

/** Whole words on both sides; `with` has to stand in the same sentence, before or after. */
function turn(harm: Harm, words: string, { with: other }: { readonly with?: string } = {}) {
  const whole = (part: string): string => `(?<![\\p{L}\\p{N}])(?:${part})(?![\\p{L}\\p{N}])`;
  const pattern =
    other === undefined ? whole(words) : `${whole(words)}.{0,80}${whole(other)}|${whole(other)}.{0,80}${whole(words)}`;
  return { harm, pattern: new RegExp(pattern, 'u') };
}
