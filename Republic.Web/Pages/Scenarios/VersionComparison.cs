namespace Republic.Web.Pages.Scenarios;

/// <summary>Two versions of a scenario side by side.</summary>
/// <param name="From">The number of the version before; 0 for the draft.</param>
/// <param name="To">The number of the version after; 0 for the draft.</param>
public sealed record VersionComparison(int From, int To, IReadOnlyList<DifferenceGroup> Groups)
{
    public string Heading => $"From {NameOf(From)} to {NameOf(To)}: {(Groups.Count == 0 ? "nothing differs" : "what differs")}";

    public static string NameOf(int number) => number == 0 ? "the draft" : $"version {number}";
}
