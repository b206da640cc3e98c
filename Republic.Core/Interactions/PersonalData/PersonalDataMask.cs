using System.Text;

namespace Republic.Core.Interactions.PersonalData;

public static class PersonalDataMask
{
    /// <summary>
    /// The text with marks in the place of its personal data. A kind without a rule is masked, and so is one to be dropped: whoever asks
    /// leaves that pair out.
    /// </summary>
    /// <param name="matches">In order and without overlaps, as <see cref="PersonalDataScanner.Find"/> gives them.</param>
    public static string Apply(
        string text,
        IReadOnlyList<PersonalDataMatch> matches,
        IReadOnlyDictionary<PersonalDataKind, PersonalDataRule> rules
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentNullException.ThrowIfNull(rules);

        var masked = new StringBuilder(text.Length);
        var end = 0;
        foreach (var match in matches)
        {
            if (rules.TryGetValue(match.Kind, out var rule) && rule is PersonalDataRule.Keep)
                continue;
            masked.Append(text, end, match.Start - end).Append(PersonalDataMarks.Of(match.Kind));
            end = match.Start + match.Length;
        }
        return end == 0 ? text : masked.Append(text, end, text.Length - end).ToString();
    }
}
