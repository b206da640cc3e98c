using Republic.Core.Interactions.PersonalData;

namespace Republic.Tests.Unit.Interactions;

internal static class PersonalDataAssert
{
    public static PersonalDataScanner Scanner { get; } = new([]);

    public static PersonalDataScanner Person() =>
        new(["Anna Schmidt", "José", "Hans-Peter von der Lühe", "O'Brien", "Bo Li", "王伟", "Γιώργος", "Иван Петров", " "]);

    public static void Finds(PersonalDataKind kind, string text, string expected, PersonalDataScanner? scanner = null)
    {
        var match = Assert.Single((scanner ?? Scanner).Find(text));
        Assert.Equal((kind, expected), (match.Kind, text.Substring(match.Start, match.Length)));
    }

    public static void Masks(string text, string masked) =>
        Assert.Equal(masked, PersonalDataMask.Apply(text, Scanner.Find(text), new Dictionary<PersonalDataKind, PersonalDataRule>()));

    public static void FindsNothing(string text) =>
        Assert.Empty(Scanner.Find(text).Select(match => $"{match.Kind} {text.Substring(match.Start, match.Length)}"));
}
