namespace Republic.Core.Doctor;

/// <summary>What one examination found.</summary>
/// <param name="Check">What was examined, such as <c>disk</c>.</param>
/// <param name="Advice">One sentence with what to do; null where nothing is to be done.</param>
public sealed record Finding(string Check, FindingLevel Level, string Summary, string? Advice)
{
    internal static Finding Good(string check, string summary) => new(check, FindingLevel.Good, summary, null);

    internal static Finding Warning(string check, string summary, string advice) => new(check, FindingLevel.Warning, summary, advice);

    internal static Finding Trouble(string check, string summary, string advice) => new(check, FindingLevel.Trouble, summary, advice);
}
