namespace Republic.Core.Comparisons;

/// <summary>What is to be compared, as a form or a client sends it.</summary>
/// <param name="Candidates">Two to four different versions of one minion.</param>
public sealed record ComparisonInput(string? Prompt, IReadOnlyList<Candidate>? Candidates, bool IsBlind = false)
{
    public const int LongestPrompt = 10_000;
    public const int FewestCandidates = 2;
    public const int MostCandidates = 4;

    /// <returns>What is wrong with it, by field; empty where nothing is.</returns>
    internal IReadOnlyList<FieldError> Problems()
    {
        var rules = new FieldRules([]);
        rules.Required("prompt", "The prompt", Prompt);
        rules.Text("prompt", "The prompt", Prompt, LongestPrompt, isLine: false);
        var named = Candidates ?? [];
        if (named.Count is < FewestCandidates or > MostCandidates)
        {
            rules.Add(
                "candidates",
                $"Choose {FewestCandidates} to {MostCandidates} versions; {Counted.Of(named.Count)} {Counted.Are(named.Count)} chosen."
            );
        }
        else if (named.Distinct().Count() < named.Count)
        {
            rules.Add("candidates", "The same version is chosen twice. Choose different ones.");
        }
        else if (named.DistinctBy(candidate => candidate.MinionId).Count() > 1)
        {
            rules.Add("candidates", "Only versions of one minion can be compared.");
        }

        return rules.Errors;
    }
}
