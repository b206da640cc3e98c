using System.Collections.Frozen;

namespace Republic.Core.Help;

/// <summary>Words that people use for one thing of Republic, each line with the word that stands for them all first.</summary>
internal static class HelpSynonyms
{
    private const string Groups = """
        picture image photo pic avatar face
        minion bot chatbot assistant
        chat conversation dialogue
        document file
        cost price pay paid payment money charge bill expensive
        delete remove erase
        large larger big bigger smarter stronger
        name rename nickname renaming
        change edit modify adjust alter switch swap
        train learn learned learnt trainer
        teach taught
        cite citation quote source reference
        people person user sister brother wife husband friend colleague family anyone
        internet network online
        store stored keep kept save saved
        computer machine laptop pc desktop hardware
        forget forgot forgotten
        rate rating thumb upvote downvote
        letter font
        undo revert rollback restore recover
        hide archive
        stop abort interrupt
        invite invitation
        encrypt encryption
        superuser admin administrator
        script program software
        address url endpoint
        limit maximum cap max
        month monthly
        spreadsheet excel xlsx
        random randomness
        type format extension
        speed fast faster slow slower quick
        spend spent spending
        memory remember remembered
        begin start
        """;

    private static readonly FrozenDictionary<string, string> Ones = (
        from line in Groups.Split('\n')
        let words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        from word in words.Skip(1)
        select (Word: HelpWords.Stem(word), One: HelpWords.Stem(words[0]))
    )
        .DistinctBy(pair => pair.Word)
        .ToFrozenDictionary(pair => pair.Word, pair => pair.One, StringComparer.Ordinal);

    /// <param name="stem">Without endings, as the answer is.</param>
    public static string One(string stem) => Ones.GetValueOrDefault(stem, stem);
}
