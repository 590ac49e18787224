/**
 * German, French and Spanish words in English, enough of them that the model of English sentences sees what a sentence is about.
 * `*` stands for any ending. Words that say nothing are turned into none.
 */
export const GLOSSARY: Readonly<Record<'de' | 'fr' | 'es', ReadonlyMap<string, string>>> = {
  de: words(`
    ich=I du=you ihr=you sie=they er=he wir=we man=people dich=you dir=you euch=you ihn=him ihm=him ihnen=them mich=me mir=me uns=us
    mein*=my dein*=your euer=your eure*=your ihre*=your sein*=his unser*=our kein*=no keiner=nobody niemand=nobody jeder=everyone
    jede*=every alle=all alles=everything viele=many ein= eine= einen= einer= einem= der= die= das= den= dem= des= im=in in=in am=at
    an=at auf=on zu=to zum=to zur=to mit=with ohne=without für=for von=of vom=of aus=from bei=at nach=to über=about gegen=against bis=until
    ab=from und=and oder=or aber=but wie=like als=than so=so nur=only nicht=not nie=never jetzt=now heute=today hier=here weg=away raus=out
    bist=are ist=is sind=are seid=are was=what war=was wird=will werden=will wirst=will werde=will hat=has haben=have hast=have kann=can können=can
    kannst=can muss=must müssen=must soll*=should darf=may will=want wollen=want willst=want macht=makes mach*=make geh*=go gehör*=belong
    nimm*=take nehm*=take komm*=come hol*=get kauf*=buy bestell*=order liefer*=deliver gelief*=delivered verkauf*=sell find*=find such*=search
    seh*=see schau*=watch lern*=learn bau*=build trink*=drink ess*=eat spar*=save bring*=bring zeig*=show wart*=wait triff*=meet treff*=meetings
    ausländer*=immigrants flüchtling*=refugees asyl*=refugees migrant*=immigrants türk*=turks araber*=arabs juden=jews jüdisch*=jewish
    muslim*=muslims moslem*=muslims zigeuner*=gypsies schwul*=gays lesb*=lesbians homo*=gays trans*=transgender schwarze=blacks neger*=blacks
    behindert*=disabled rasse*=race religion*=religion frau*=women mann=man männer=men mädchen=girls junge=young kinder*=children leute=people
    familie=family mutter=mother nachbar*=neighbour freundin=girlfriend freund=friend hausfrau*=housewives singles=singles
    abschieb*=deport abgeschob*=deported minderwertig*=inferior ungeziefer=vermin parasit*=parasites schmarotz*=parasites abschaum=scum last=burden
    krankheit*=disease krank*=sick verbrecher*=criminals kriminell*=criminals dieb*=thieves faul*=lazy dreckig*=dirty schmutzig*=dirty stink*=stinking
    hass*=hate verschwind*=disappear wertlos*=worthless nutzlos*=useless herd=kitchen dümmer=dumber
    dumm*=stupid blöd*=stupid doof*=stupid hässlich*=ugly fett*=fat dick*=fat kuh=cow sau=pig schwein*=pig idiot*=idiot trottel*=moron
    versager*=loser verlierer=loser depp*=moron dummkopf=fool lügner*=liar peinlich*=embarrassing widerlich*=disgusting eklig*=disgusting
    erbärmlich*=pathetic müll=garbage schäm*=ashamed gehirn=brain klappe=mouth halt=shut lächerlich*=ridiculous
    nackt*=naked sex*=sex porno*=porn erotik*=erotic erotisch*=erotic geil*=hot heiß*=hot notgeil*=horny privat*=private nähe=area
    brüste=breasts busen=breasts penis*=penis orgasm*=orgasm fick*=fuck vögel*=fuck strip*=strip video*=videos bilder=pictures film*=movies
    töt*=kill umbring*=kill ermord*=murder mord*=murder erschieß*=shoot erschoss*=shot erstech*=stab erwürg*=strangle verprügel*=beat
    schlag=hit schlage=beat schlagen=beat prügel*=beat brech*=break zähne=teeth knochen=bones beine=legs blut*=blood messer=knife waffe*=guns
    bombe=bomb bomben=bombs sprengstoff=explosives anzünd*=burn verbrenn*=burn foltern=torture quäl*=torture vergewaltig*=rape hängen=hang
    wand=wall stellen=put sterb*=die stirb=die tot=dead leiche*=corpse kopf=head gesicht=face ins=in haus=house
    kokain=cocaine heroin=heroin droge*=drugs gras=weed pillen=pills rezept*=prescription rezeptfrei*=without-prescription viagra=viagra
    gefälscht*=fake falsch*=fake fälsch*=forge gestohlen*=stolen geklaut*=stolen stehl*=steal klau*=steal hacker*=hackers hack*=hack gehackt*=hacked
    konto=account konten=accounts passwort=password passwörter=passwords kreditkarte*=credit-cards führerschein*=driving-licence pass=passport
    ausweis*=passport papiere=papers prüfung*=exam echt=real aussehend*=looking diskret*=discreet illegal*=illegal geldwäsche=money-laundering
    geld=money steuer*=tax hinterzieh*=evade betrüg*=scam betrug=fraud bestech*=bribe erpress*=blackmail einbruch*=burglary einbrech*=break-in
    leicht*=easy gemacht=made garantiert=guaranteed kostenlos*=free gratis=free online=online anmeldung=registration tage*=days tagen=days
    preis*=price rabatt*=discount angebot*=offer schuh*=shoes stiefel=boots jacke*=jacket küche*=kitchen wetter=weather trocken*=dry füße=feet
    handy*=phone telefon=phone garten=garden möbel=furniture kleid*=dress hose*=trousers auto*=car rad=bike reise*=travel urlaub=holiday
    meer=sea hotel*=hotel wohnung*=flat kaffee=coffee fleisch=meat hähnchen*=chicken bakterien=bacteria keime=germs flecken=stains
    neu*=new gut*=good beste*=best schnell*=fast schön*=beautiful günstig*=cheap billig*=cheap sicher*=safe frisch*=fresh mehr=more
    versand*=shipping lieferung=delivery qualität=quality kunden=customers software=software repar*=repair wissen=know welt=world`),
  fr: words(`
    je=I j=I tu=you t=you te=you toi=you il=he elle=she on=we nous=we vous=you ils=they elles=they lui=him leur=them me=me moi=me
    mon=my ma=my mes=my ton=your ta=your tes=your votre=your vos=your son=his sa=his ses=his notre=our nos=our le= la= les= l= un= une= des=
    du=of de=of d=of au=to aux=to à=to en=in dans=in sur=on sous=under pour=for avec=with sans=without par=by chez=at et=and ou=or mais=but
    que= qui=who ne= n= pas=not plus=more jamais=never tous=all toutes=all tout=all trop=too très=very si=so aussi=also comme=like
    es=are est=is sont=are êtes=are sommes=are suis=am être=be était=was a=has ont=have as=have avez=have va=will vais=will vas=will vont=will
    allons=will faut=must doit=must doivent=must devrait=should peut=can peuvent=can veux=want veut=want veulent=want fais=make fait=makes
    faire=make fai*=make achet*=buy command*=order livr*=delivered vend*=sell trouv*=find cherch*=search regard*=watch voir=see appren*=learn
    fabriqu*=build bois=drink mang*=eat pass*=pass prend*=take vien*=come part*=leave attend*=wait rencontr*=meet dehors=out ailleurs=elsewhere
    immigré*=immigrants étranger*=foreigners migrant*=immigrants réfugié*=refugees arabe*=arabs juif*=jews juive*=jews musulman*=muslims
    rom=gypsies roms=gypsies gitan*=gypsies noirs=blacks homosexuel*=gays homo=gays homos=gays gay=gay gays=gays lesbienne*=lesbians
    handicapé*=disabled race*=race religion=religion femme*=women homme*=men fille*=girls garçon*=boys enfant*=children gens=people
    famille=family mère=mother voisin*=neighbour copine=girlfriend ami*=friend maman*=mothers jeune*=young
    envahi*=invade parasit*=parasites vermine=vermin racaille=scum inférieur*=inferior malade*=sick maladie=disease poids=burden société=society
    voleur*=thieves criminel*=criminals paresseu*=lazy sale=dirty sales=dirty hai*=hate détest*=hate expuls*=deport cuisine=kitchen obéi*=obey
    bête=stupid bêtes=stupid stupide*=stupid idiot*=idiot imbécile*=moron crétin*=moron débile*=moron abruti*=moron con=idiot conne=idiot
    moche*=ugly laid*=ugly gros=fat grosse=fat vache=cow porc=pig cochon*=pig nulle= minable*=pathetic raté*=loser
    menteur*=liar dégueulasse*=disgusting dégoûtant*=disgusting honte=ashamed ordure*=garbage régime=diet cerveau=brain gueule=mouth ferme=shut
    nu=naked nue=naked nus=naked nues=naked sexe=sex sexuel*=sexual sexy=sexy porno*=porn érotiqu*=erotic coquin*=naughty chaud*=hot
    seins=breasts pénis=penis orgasm*=orgasms bais*=fuck lendemain=tomorrow direct=live vidéo*=videos photo*=pictures film*=movies escort*=escorts
    tuer=kill tue=kill tuez=kill tué*=killed meurtr*=murder assassin*=murder fusill*=shoot tirer=shoot égorg*=slaughter poignard*=stab
    frapp*=hit bat*=beat cass*=break jambe*=legs dents=teeth os=bones sang=blood couteau*=knife arme*=guns bombe*=bomb explosif*=explosives
    brûl*=burn tortur*=torture viol=rape violer=rape viole=rape pend*=hang mourir=die meur*=die crève*=die mort=dead tête=head visage=face
    maison=house
    cocaïne=cocaine héroïne=heroin drogue*=drugs cannabis=weed pilule*=pills ordonnance*=prescription médicament*=drugs viagra=viagra
    faux=fake fausse*=fake falsifi*=forge contrefa*=counterfeit volé*=stolen voler=steal vole=steal pirates=hackers pirat*=hack hacker*=hackers hack*=hack compte*=accounts
    mot= passe=password carte*=cards bancaire*=bank crédit=credit permis=licence conduire=driving passeport*=passport papier*=papers diplôme*=degrees
    examen=exam illégal*=illegal blanchi*=launder argent=money impôt*=taxes fraud*=fraud arnaqu*=scam escroqu*=scam corrom*=bribe
    téléphone*=phone espionn*=spy domicile=home discr*=discreet gratuit*=free inscription=registration ligne=online jour*=days soir=tonight
    prix=price solde*=sale offre*=offer remise*=discount chaussure*=shoes botte*=boots sac=bag sacs=bags cuir=leather robe*=dress manteau*=coat
    voiture*=car vélo*=bike voyage*=travel vacances=holiday mer=sea hôtel*=hotel café*=coffee poulet*=chicken jardin=garden salon=living-room
    couleur*=colours saveur*=taste sauce=sauce raquette*=rackets jeux=games temps=time lit=bed eau=water pluie=rain imperméable*=waterproof
    nouveau*=new nouvelle*=new bon=good bonne*=good meilleur*=best rapide*=fast beau*=beautiful belle*=beautiful cher=expensive frais=fresh
    livraison=delivery qualité=quality client*=customers logiciel*=software assurance*=insurance monde=world taille*=sizes protég*=protect`),
  es: words(`
    yo=I tú=you tu=your tus=your te=you ti=you él=he ella=she nosotros=we vosotros=you os=you ellos=them ellas=them usted=you me=me mi=my mis=my
    su=his sus=his nuestr*=our vuestr*=your nos=us le=him les=them lo=it se= el= la= los= las= un= una= unos= unas= del=of de=of al=to a=to
    en=in con=with sin=without para=for por=for sobre=on desde=from hasta=until y=and o=or pero=but que= qué=how quien=who no=not nunca=never
    nadie=nobody todos=all todas=all todo=everything muy=very más=more tan=so como=like solo=only sólo=only ya=now hoy=today aquí=here fuera=out
    eres=are es=is son=are sois=are soy=am ser=be está=is están=are estás=are ha=has han=have hay=must habría=should debe*=must puede*=can
    quiere*=want quiero=want va=will vas=will voy=will vamos=will van=will haz=make hacer=make hace=makes das=give dar=give da=give ponte=go
    compra*=buy pide=order pedir=order entrega*=delivered vende*=sell encuentra*=find busca*=search mira*=watch ver=see aprende*=learn
    fabrica*=build construi*=build bebe*=drink come*=eat toma=take ven=come vete=go espera*=wait conoce*=meet envía*=send
    inmigrante*=immigrants extranjero*=foreigners refugiad*=refugees moro=arabs moros=arabs árabe*=arabs judío*=jews musulman*=muslims
    gitano*=gypsies negros=blacks homosexual*=gays gay=gay gays=gays lesbiana*=lesbians trans=transgender discapacitad*=disabled raza*=race
    religión=religion mujer*=women hombre*=men chica*=girls chico*=boys niñ*=children gente=people familia=family madre=mother vecin*=neighbour
    novia=girlfriend novio=boyfriend amig*=friends jóvenes=young casad*=married españa=spain país=country
    parásito*=parasites escoria=scum plaga=plague inferior*=inferior enferm*=sick carga=burden ladron*=thieves delincuent*=criminals
    vago*=lazy suci*=dirty asqueros*=disgusting odi*=hate expuls*=deport cocina=kitchen obedec*=obey sobra*=unwanted invad*=invade
    tont*=stupid estúpid*=stupid idiota*=idiot imbécil*=moron fe=faith feo=ugly fea=ugly feos=ugly gord*=fat vaca=cow cerd*=pig inútil*=useless
    fracasad*=loser perdedor*=loser mentiros*=liar pena=pathetic patétic*=pathetic vergüenza=ashamed basura=garbage dieta=diet cerebro=brain
    cállate=shut-up boca=mouth
    desnud*=naked sexo=sex sexual*=sexual sexy=sexy porno*=porn erótic*=erotic caliente*=hot cachond*=horny tetas=breasts pechos=breasts pene=penis
    orgasmo*=orgasms foll*=fuck noche=tonight directo=live vídeo*=videos video*=videos foto*=pictures película*=movies escort*=escorts
    matar*=kill mata=kill mato=kill matad*=kill muert*=dead morir*=die muere*=die asesin*=murder fusil*=shoot dispar*=shoot apuñal*=stab degoll*=slaughter
    pega*=hit golpe*=hit romper*=break rompe=break piernas=legs dientes=teeth huesos=bones sangre=blood cuchillo*=knife arma=gun armas=guns
    bomba*=bomb explosivo*=explosives quema*=burn tortur*=torture viola*=rape ahorca*=hang cabeza=head cara=face casa=house
    cocaína=cocaine heroína=heroin droga*=drugs marihuana=weed pastilla*=pills receta=prescription medicamento*=drugs viagra=viagra
    fals*=fake falsific*=forge robad*=stolen roba*=steal hacker*=hackers hacke*=hack pirate*=hack cuenta*=accounts contraseña*=passwords tarjeta*=cards
    crédito=credit bancari*=bank carnet*=licence permiso*=licence conducir=driving pasaporte*=passport documento*=papers título*=degrees
    examen=exam ilegal*=illegal blanque*=launder dinero=money impuesto*=taxes evadi*=evade estaf*=scam fraude*=fraud soborn*=bribe
    móvil*=phone teléfono*=phone espía*=spy domicilio=home discret*=discreet gratis=free registro=registration línea=online día*=days hora*=hours
    precio*=price oferta*=offer descuento*=discount zapat*=shoes bota*=boots bolso*=bag vestido*=dress coche*=car bici*=bike viaje*=travel
    vacaciones=holiday mar=sea hotel*=hotel café=coffee leche=milk pollo=chicken pechuga*=chicken-breast jardín=garden salón=living-room
    color*=colours sabor*=taste salsa=sauce hambre=hunger barrita*=bars manchas=stains lavado=wash ropa=clothes récord*=records calorías=calories
    nuev*=new buen*=good mejor*=best rápid*=fast bonit*=beautiful barat*=cheap seguro*=insurance fresc*=fresh venta*=sales regalo*=gift
    envío=shipping calidad=quality cliente*=customers software=software mundo=world talla*=sizes montaña=mountain protege=protect loco*=crazy`),
};

function words(lines: string): ReadonlyMap<string, string> {
  return new Map(
    lines
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => {
        const [word = '', english = ''] = pair.split('=');
        return [word, english.replaceAll('-', ' ')];
      }),
  );
}
