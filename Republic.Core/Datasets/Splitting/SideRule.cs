namespace Republic.Core.Datasets.Splitting;

/// <summary>
/// When two questions, or two answers, say nearly the same. Shingles count by how rare they are: of a template with a slot the slot
/// counts most, and a style that all answers share ties none of them together.
/// </summary>
/// <param name="Threshold">The similarity of two texts that are nearly equal: |A ∩ B| / |A ∪ B|, each shingle as often as it counts.</param>
/// <param name="RowsPerBand">MinHash values in a band.</param>
/// <param name="Bands">Bands that are compared.</param>
/// <param name="RareCounts">How often a rare shingle counts.</param>
/// <param name="RareShare">The share of the rows up to which a shingle is rare.</param>
/// <param name="CommonShare">The share from which it counts nothing; between the two it counts once.</param>
/// <param name="MostWords">Of a text that may be too common to tie rows together.</param>
/// <param name="TyingShare">A text that stands in more rows ties none of them together, if it has no more than those words.</param>
internal sealed record SideRule(
    double Threshold,
    int RowsPerBand,
    int Bands,
    int RareCounts,
    double RareShare,
    double CommonShare,
    int MostWords,
    double TyingShare
)
{
    /// <summary>In fewer rows nothing is common, however small their number.</summary>
    public const int AlwaysRare = 3;

    /// <summary>
    /// Strict, for what only swaps the slot of a template asks something else. One question that most rows share is an instruction, and
    /// the rows differ by their answers.
    /// </summary>
    public static SideRule Questions { get; } = new(0.8, 5, 12, 3, 0.02, 0.2, int.MaxValue, 0.5);

    /// <summary>
    /// What swaps a word of a long answer is learned by heart with it. An answer of a word or two that many rows share is a label, such as
    /// yes or positive, and the rows differ by their questions.
    /// </summary>
    public static SideRule Answers { get; } = new(0.5, 4, 16, 2, 0.25, 0.6, 3, 0.125);

    /// <param name="rows">That hold the shingle, of <paramref name="all"/>.</param>
    public int Counts(int rows, int all) =>
        rows <= AlwaysRare || rows <= RareShare * all ? RareCounts
        : rows < CommonShare * all ? 1
        : 0;

    public bool Ties(int words, int rows, int all) => words > MostWords || rows <= AlwaysRare || rows <= TyingShare * all;
}
