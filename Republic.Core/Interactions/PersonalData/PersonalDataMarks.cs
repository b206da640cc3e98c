using System.Collections.Frozen;

namespace Republic.Core.Interactions.PersonalData;

/// <summary>The marks that replace personal data in a text.</summary>
public static class PersonalDataMarks
{
    public static IReadOnlyDictionary<PersonalDataKind, string> All { get; } =
        new Dictionary<PersonalDataKind, string>
        {
            [PersonalDataKind.Name] = "[name]",
            [PersonalDataKind.Email] = "[email]",
            [PersonalDataKind.Phone] = "[phone]",
            [PersonalDataKind.Iban] = "[iban]",
            [PersonalDataKind.Card] = "[card]",
            [PersonalDataKind.Ip] = "[ip]",
            [PersonalDataKind.Key] = "[key]",
        }.ToFrozenDictionary();

    public static string Of(PersonalDataKind kind) => All[kind];
}
