using System.Text.RegularExpressions;

namespace Republic.Core.Memories.Recall;

/// <summary>
/// The facts that people most often ask for after they told them: name, home, work and age. They are told in other words than they are asked
/// for (“I teach maths.” “What is my job?”), in English and German.
/// </summary>
internal static partial class PersonalFact
{
    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    private const int Patience = 1000;

    private static readonly (Func<Regex> Asked, Func<Regex> Told)[] Kinds =
    [
        (NameAsked, NameTold),
        (HomeAsked, HomeTold),
        (WorkAsked, WorkTold),
        (AgeAsked, AgeTold),
    ];

    /// <summary>The question asks for one of these facts.</summary>
    public static bool IsAsked(string question) => Array.Exists(Kinds, kind => kind.Asked().IsMatch(question));

    /// <summary>The statement tells what the question asks for.</summary>
    public static bool Answers(string statement, string question) =>
        Array.Exists(Kinds, kind => kind.Asked().IsMatch(question) && kind.Told().IsMatch(statement));

    [GeneratedRegex(
        @"\bmy (first |last |full )?name\b|\b(do|should|will|can) you call me\b|\bam i called\b|\bwho (am i|i am)\b|\bmein name\b|\bhei(ß|ss)e ich\b",
        Options,
        Patience
    )]
    private static partial Regex NameAsked();

    [GeneratedRegex(
        @"\bmy name(['’]s| is)\b|\bcall me\b|\bi(['’]m| am) (called|(?-i:\p{Lu}\p{Ll}+))\b|\bmein name ist\b|\bich (hei(ß|ss)e|bin (?-i:\p{Lu}\p{Ll}+))\b|\bnenn mich\b",
        Options,
        Patience
    )]
    private static partial Regex NameTold();

    [GeneratedRegex(
        @"\bwhere (do |did )?i (live|come from|grow up)\b|\bwhere (am i|i am) from\b|\bmy (home ?town|city|town|country)\b|\b(wo (wohne|lebe)|woher komme) ich\b",
        Options,
        Patience
    )]
    private static partial Regex HomeAsked();

    [GeneratedRegex(
        @"\bi (live|lived|moved|grew up|come from)\b|\bi(['’]m| am) (from|based)\b|\bich (wohne|lebe|komme aus)\b|\b(in|from|of|aus) (?-i:\p{Lu})",
        Options,
        Patience
    )]
    private static partial Regex HomeTold();

    [GeneratedRegex(
        @"\bmy (job|work|profession|trade|occupation|business)\b|\bwhat (do |did )?i do\b(?!\s+(if|when|with|about|to|now|next|then)\b)|\bfor a living\b|\bwhere (do |did )?i work\b|\bmein(em|en)? beruf\b|\b(als was|wo|was) arbeite ich\b",
        Options,
        Patience
    )]
    private static partial Regex WorkAsked();

    [GeneratedRegex(
        @"\bi (work|teach|fix|repair|sell|bake|cook|farm|drive|design|build|run|own|manage|study|translate|paint|draw|coach)\b|\bi(['’]m| am) an? \p{L}|, an? \p{L}+|\bmy (job|profession|trade)\b|\bich (arbeite|studiere|bin \p{L}+(in|er))\b",
        Options,
        Patience
    )]
    private static partial Regex WorkTold();

    [GeneratedRegex(@"\bhow old (am i|i am)\b|\bmy age\b|\bwie alt bin ich\b", Options, Patience)]
    private static partial Regex AgeAsked();

    [GeneratedRegex(@"\b(i(['’]m| am)|i (just )?turned|ich bin) \d{1,3}\b", Options, Patience)]
    private static partial Regex AgeTold();
}
