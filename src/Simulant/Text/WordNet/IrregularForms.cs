using System.Collections.Frozen;

namespace Simulant.Text.WordNet;

/// <summary>
/// English forms that follow no rule. The npm package leaves out WordNet's own lists of exceptions, so the common ones stand here:
/// verbs with past and participle, nouns with plural, adjectives and adverbs with comparative and superlative.
/// </summary>
internal static class IrregularForms
{
    // base past participle; prefixed verbs (understand, overcome) are found through their last part below.
    private const string VerbList = """
        abide abode abode, arise arose arisen, awake awoke awoken, be was been, bear bore borne, beat beat beaten, become became become,
        begin began begun, bend bent bent, bet bet bet, bid bid bid, bind bound bound, bite bit bitten, bleed bled bled, blow blew blown,
        break broke broken, breed bred bred, bring brought brought, build built built, burst burst burst, buy bought bought,
        cast cast cast, catch caught caught, choose chose chosen, cling clung clung, come came come, cost cost cost, creep crept crept,
        cut cut cut, deal dealt dealt, dig dug dug, do did done, draw drew drawn, drink drank drunk, drive drove driven, eat ate eaten,
        fall fell fallen, feed fed fed, feel felt felt, fight fought fought, find found found, flee fled fled, fling flung flung,
        fly flew flown, forbid forbade forbidden, forget forgot forgotten, forgive forgave forgiven, forsake forsook forsaken,
        freeze froze frozen, get got got, give gave given, go went gone, grind ground ground, grow grew grown, hang hung hung,
        have had had, hear heard heard, hide hid hidden, hit hit hit, hold held held, hurt hurt hurt, keep kept kept, kneel knelt knelt,
        know knew known, lay laid laid, lead led led, leave left left, lend lent lent, let let let, lie lay lain, light lit lit,
        lose lost lost, make made made, mean meant meant, meet met met, mow mowed mown, pay paid paid, prove proved proven, put put put,
        quit quit quit, read read read, rend rent rent, rid rid rid, ride rode ridden, ring rang rung, rise rose risen, run ran run,
        saw sawed sawn, say said said, see saw seen, seek sought sought, sell sold sold, send sent sent, set set set, sew sewed sewn,
        shake shook shaken, shed shed shed, shine shone shone, shoe shod shod, shoot shot shot, show showed shown, shrink shrank shrunk,
        shut shut shut, sing sang sung, sink sank sunk, sit sat sat, slay slew slain, sleep slept slept, slide slid slid,
        sling slung slung, slink slunk slunk, slit slit slit, sow sowed sown, speak spoke spoken, speed sped sped, spend spent spent,
        spin spun spun, spit spat spat, split split split, spread spread spread, spring sprang sprung, stand stood stood,
        steal stole stolen, stick stuck stuck, sting stung stung, stink stank stunk, stride strode stridden, strike struck struck,
        string strung strung, strive strove striven, swear swore sworn, sweep swept swept, swell swelled swollen, swim swam swum,
        swing swung swung, take took taken, teach taught taught, tear tore torn, tell told told, think thought thought,
        throw threw thrown, thrust thrust thrust, tread trod trodden, wake woke woken, wear wore worn, weave wove woven,
        weep wept wept, win won won, wind wound wound, wring wrung wrung, write wrote written, behold beheld beheld,
        beget begot begotten, beset beset beset, broadcast broadcast broadcast, forecast forecast forecast, foresee foresaw foreseen,
        foretell foretold foretold, inlay inlaid inlaid, input input input, mislay mislaid mislaid, mislead misled misled,
        mistake mistook mistaken, misunderstand misunderstood misunderstood, offset offset offset, outdo outdid outdone,
        outgrow outgrew outgrown, outrun outran outrun, overcome overcame overcome, overdo overdid overdone, overeat overate overeaten,
        overhear overheard overheard, oversee oversaw overseen, oversleep overslept overslept, overtake overtook overtaken,
        overthrow overthrew overthrown, partake partook partaken, rebuild rebuilt rebuilt, redo redid redone, remake remade remade,
        repay repaid repaid, rerun reran rerun, resell resold resold, reset reset reset, retell retold retold, rewrite rewrote rewritten,
        undergo underwent undergone, understand understood understood, undertake undertook undertaken, undo undid undone,
        unwind unwound unwound, uphold upheld upheld, upset upset upset, withdraw withdrew withdrawn, withhold withheld withheld,
        withstand withstood withstood
        """;

    // singular plural
    private const string NounList = """
        man men, woman women, child children, person people, foot feet, tooth teeth, goose geese, mouse mice, louse lice, ox oxen,
        die dice, penny pence, sheep sheep, deer deer, fish fish, moose moose, swine swine, series series, species species,
        aircraft aircraft, spacecraft spacecraft, offspring offspring, salmon salmon, trout trout, means means, knife knives,
        life lives, wife wives, half halves, calf calves, elf elves, leaf leaves, loaf loaves, self selves, shelf shelves,
        thief thieves, wolf wolves, scarf scarves, hoof hooves, sheaf sheaves, potato potatoes, tomato tomatoes, hero heroes,
        echo echoes, veto vetoes, torpedo torpedoes, mosquito mosquitoes, volcano volcanoes, tornado tornadoes, mango mangoes,
        cargo cargoes, buffalo buffaloes, domino dominoes, embargo embargoes, negro negroes, go goes, no noes, archipelago archipelagoes,
        crisis crises, analysis analyses, basis bases, thesis theses, hypothesis hypotheses, oasis oases, axis axes,
        diagnosis diagnoses, emphasis emphases, parenthesis parentheses, synthesis syntheses, ellipsis ellipses, nemesis nemeses,
        synopsis synopses, metamorphosis metamorphoses, neurosis neuroses, psychosis psychoses, criterion criteria,
        phenomenon phenomena, bacterium bacteria, datum data, medium media, memorandum memoranda, stratum strata, erratum errata,
        ovum ova, curriculum curricula, cactus cacti, fungus fungi, nucleus nuclei, radius radii, stimulus stimuli, alumnus alumni,
        syllabus syllabi, focus foci, locus loci, bacillus bacilli, larva larvae, alga algae, vertebra vertebrae, antenna antennae,
        formula formulae, nebula nebulae, index indices, matrix matrices, vertex vertices, appendix appendices, quiz quizzes,
        bus buses, gas gases, passer-by passers-by, mother-in-law mothers-in-law, father-in-law fathers-in-law, axe axes
        """;

    // positive comparative superlative
    private const string DegreeList = """
        good better best, bad worse worst, far farther farthest, little less least, much more most, many more most, well better best,
        badly worse worst, ill worse worst, old older oldest
        """;

    // The last syllable carries the stress, so that its consonant doubles: begin, beginning.
    private const string StressedList = """
        abet abhor abut acquit admit aver begin befit beget beset commit compel confer control corral debar defer deter dispel distil
        embed emit enrol equip excel expel extol forbid forget impel incur infer instil intermit interred occur omit outfit outrun
        patrol permit prefer propel rebel rebut recap recur refer refit regret remit repel rerun reset submit transfer transmit
        undercut underpin unwrap upset worship kidnap handicap input output program format babysit
        """;

    /// <summary>Past and participle of a verb.</summary>
    public static readonly FrozenDictionary<string, (string Past, string Participle)> Verbs =
        Rows(VerbList).ToFrozenDictionary(r => r[0], r => (r[1], r[2]), StringComparer.Ordinal);

    /// <summary>Plural of a noun.</summary>
    public static readonly FrozenDictionary<string, string> Nouns =
        Rows(NounList).ToFrozenDictionary(r => r[0], r => r[1], StringComparer.Ordinal);

    /// <summary>Comparative and superlative of an adjective or adverb.</summary>
    public static readonly FrozenDictionary<string, (string More, string Most)> Degrees =
        Rows(DegreeList).ToFrozenDictionary(r => r[0], r => (r[1], r[2]), StringComparer.Ordinal);

    /// <summary>Verbs of more syllables than one that double their last consonant.</summary>
    public static readonly FrozenSet<string> Stressed = StressedList
        .Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Base forms of an irregular form.</summary>
    public static readonly FrozenDictionary<(string Form, WordClass Part), string[]> Bases = Forms()
        .GroupBy(f => (f.Form, f.Part), f => f.Base)
        .ToFrozenDictionary(g => g.Key, g => g.Distinct(StringComparer.Ordinal).ToArray());

    private static IEnumerable<string[]> Rows(string list) => list.Split(',')
        .Select(row => row.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<(string Form, WordClass Part, string Base)> Forms()
    {
        foreach (var (verb, (past, participle)) in Verbs)
        {
            yield return (past, WordClass.Verb, verb);
            yield return (participle, WordClass.Verb, verb);
        }
        foreach (string form in (string[])["am", "is", "are", "was", "were", "being"]) yield return (form, WordClass.Verb, "be");
        yield return ("has", WordClass.Verb, "have");
        foreach (var (noun, plural) in Nouns) yield return (plural, WordClass.Noun, noun);
        foreach (var (word, (more, most)) in Degrees)
        {
            foreach (var part in (WordClass[])[WordClass.Adjective, WordClass.Adverb])
            {
                yield return (more, part, word);
                yield return (most, part, word);
            }
        }
    }
}
