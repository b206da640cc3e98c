using Republic.Core.Interactions.PersonalData.Finding;
using Republic.Core.Interactions.PersonalData.Finding.Keys;

namespace Republic.Core.Interactions.PersonalData;

/// <summary>
/// Finds personal data by its shape, in time linear in the text. The most specific kinds look first, and what one has found is hidden
/// from those after it: so matches never overlap, and the digits of an IBAN are no phone.
/// </summary>
/// <param name="names">Names of the person, each found whole and by its parts.</param>
public sealed class PersonalDataScanner(IEnumerable<string> names)
{
    private readonly NameFinder person = new(names);

    private delegate void Finder(ReadOnlySpan<char> text, List<TextSpan> found);

    /// <returns>In the order of the text, and without overlaps.</returns>
    public IReadOnlyList<PersonalDataMatch> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = FoldedText.Of(text);
        List<PersonalDataMatch> matches = [];
        foreach (var (kind, find) in Finders())
        {
            List<TextSpan> found = [];
            find(folded.Characters, found);
            foreach (var span in found)
            {
                folded.Characters.Slice(span.Start, span.Length).Fill(CharacterClass.Taken);
                var (start, length) = folded.Unfold(span);
                if (kind is { } known)
                    matches.Add(new PersonalDataMatch(known, start, length));
            }
        }
        matches.Sort((one, other) => one.Start.CompareTo(other.Start));
        return matches;
    }

    /// <summary>The most specific first. Dates are no personal data, but are taken before somebody reads a phone in them.</summary>
    private IEnumerable<(PersonalDataKind? Kind, Finder Find)> Finders() =>
        [
            (PersonalDataKind.Key, PrivateKeyFinder.Find),
            (PersonalDataKind.Key, WebTokenFinder.Find),
            (PersonalDataKind.Key, PrefixedKeyFinder.Find),
            (PersonalDataKind.Key, AuthorizationFinder.FindBearer),
            (PersonalDataKind.Key, AuthorizationFinder.FindBasic),
            (PersonalDataKind.Key, LinkPasswordFinder.Find),
            (PersonalDataKind.Key, SecretFinder.Find),
            (PersonalDataKind.Email, EmailFinder.Find),
            (PersonalDataKind.Iban, IbanFinder.Find),
            (PersonalDataKind.Card, CardFinder.Find),
            (PersonalDataKind.Ip, Ipv6Finder.Find),
            (PersonalDataKind.Ip, Ipv4Finder.Find),
            (null, DateFinder.Find),
            (PersonalDataKind.Phone, PhoneFinder.Find),
            (PersonalDataKind.Name, person.Find),
        ];
}
