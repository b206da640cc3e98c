using Republic.Core.Interactions.PersonalData;

namespace Republic.Tests.Unit.Interactions;

public sealed class ScannedTextsTests
{
    private const string Known = "Mira wrote to mira@example.com.";

    [Fact]
    public void A_text_that_was_searched_before_is_not_searched_again()
    {
        var first = new ScannedTexts(new PersonalDataScanner(["Mira"]), new Dictionary<UInt128, IReadOnlyList<PersonalDataMatch>>());
        var found = first.Find(Known);

        var second = new ScannedTexts(new PersonalDataScanner([]), first.Found);

        Assert.Equal([PersonalDataKind.Name, PersonalDataKind.Email], found.Select(match => match.Kind));
        Assert.Equal(found, second.Find(Known));
        Assert.Empty(second.Find("Mira wrote."));
    }

    [Fact]
    public void What_was_found_in_a_text_is_kept_as_long_as_that_is_read()
    {
        var scanner = new PersonalDataScanner([]);
        var first = new ScannedTexts(scanner, new Dictionary<UInt128, IReadOnlyList<PersonalDataMatch>>());
        first.Find(Known);
        first.Find("Nobody wrote.");
        var second = new ScannedTexts(scanner, first.Found);
        second.Find("Nobody wrote.");

        Assert.Equal(2, first.Found.Count);
        Assert.Single(second.Found);
    }

    [Fact]
    public void A_text_takes_as_much_as_is_found_in_it()
    {
        var texts = new ScannedTexts(new PersonalDataScanner(["Mira"]), new Dictionary<UInt128, IReadOnlyList<PersonalDataMatch>>());
        texts.Find("Nobody wrote.");
        Assert.Equal(1, texts.Size);

        texts.Find(Known);
        texts.Find(Known);

        Assert.Equal(4, texts.Size);
    }
}
