namespace Republic.Core.Training.Traits;

/// <summary>A side of a character that a minion can be given (traits.json).</summary>
/// <param name="Name">As in the API: lower case.</param>
/// <param name="Do">What it asks of an answer, as whole sentences.</param>
/// <param name="Dont">What it forbids, as sentences that begin with their verb.</param>
/// <param name="Marks">Words and signs by which an answer shows it; a word counts with its endings too.</param>
/// <param name="Breaks">Words and signs that go against it.</param>
/// <param name="Want">How many different marks an answer should show.</param>
/// <param name="MostWords">The longest an answer should be; null if it does not matter.</param>
public sealed record Trait(
    string Name,
    string DisplayName,
    string Definition,
    IReadOnlyList<string> Do,
    IReadOnlyList<string> Dont,
    IReadOnlyList<string> Marks,
    IReadOnlyList<string> Breaks,
    int Want,
    int? MostWords = null
);
