using Republic.Core.Comparisons;

namespace Republic.Web.Pages.Training.Comparisons;

/// <summary>What the form of a new comparison sends.</summary>
public sealed class ComparisonForm
{
    public Guid MinionId { get; set; }

    public List<int> Versions { get; set; } = [];

    public string? Prompt { get; set; }

    public bool IsBlind { get; set; }

    /// <summary>Made with the page, so that sending it twice makes one comparison.</summary>
    public Guid? Request { get; set; }

    /// <summary>A browser sends two characters for each end of a line that it counted as one.</summary>
    public ComparisonInput ToInput() =>
        new(Prompt?.ReplaceLineEndings("\n"), [.. Versions.Select(version => new Candidate(MinionId, version))], IsBlind);
}
